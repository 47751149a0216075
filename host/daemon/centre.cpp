#include "host/daemon/centre.hpp"

#include <spdlog/spdlog.h>

namespace sscardd {
namespace {

/// A silent connection is closed after ten seconds only: nobody waits for that.
constexpr std::chrono::seconds centre_end_max{1};

} // namespace

Centre::Centre(CentreSettings const& settings, KeyStore const& keys, EventLog& events)
    : settings_{settings}, service_{settings, keys, events},
      server_{[this](keys::remote::TlsPeer const& peer, std::string_view path,
                     std::string_view body) { return service_.answer(peer, path, body); },
              [](std::string const& what) { spdlog::warn("centre: {}", what); }} {}

std::optional<std::string> Centre::begin() {
    if (!settings_.is_centre()) {
        return std::nullopt;
    }
    auto fault = server_.listen(settings_.files, settings_.host, settings_.port);
    if (!fault) {
        serving_ = std::async(std::launch::async, [this] { server_.run(); });
        spdlog::info("is the centre of {} client(s) at {}:{}", settings_.clients.size(),
                     settings_.host, settings_.port);
    }
    return fault;
}

bool Centre::end() {
    server_.stop();
    return !serving_.valid() || serving_.wait_for(centre_end_max) == std::future_status::ready;
}

} // namespace sscardd
