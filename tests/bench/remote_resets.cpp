#include "tests/bench/remote_resets.hpp"

#include "tests/bench/expect.hpp"
#include "tests/keys/remote/certificates.hpp"

#include "host/daemon/centre_service.hpp"
#include "keys/remote/remote_key_service.hpp"
#include "keys/remote/tls_link.hpp"

#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/spdlog.h>

#include <thread>

namespace bench {
namespace {

using namespace keys::remote;
using Clock = std::chrono::steady_clock;

constexpr unsigned windows = 2;
constexpr unsigned resets_each = 1500;
constexpr unsigned rounds = 5;
constexpr double resets_a_second_min = 500;

/// The keys of resets of one window's cards, one card after the other.
void do_resets(CentreLink& link, std::shared_ptr<KeyCatalogue const> const& catalogue,
               std::uint8_t window, unsigned count) {
    keys::Challenge const challenge{1, 2, 3, 4, 5, 6, 7, 8};
    auto const pin = keys::Pin::from_digits("471128");
    for (unsigned i = 0; i < count; ++i) {
        keys::CardIdentity card{keys::Algorithm::sm4, {0x63, 0x99, 0x00}, {}};
        card.historical[9] = window;
        card.historical[11] = static_cast<std::uint8_t>(i >> 8U);
        card.historical[12] = static_cast<std::uint8_t>(i);
        RemoteKeyService keys{link, catalogue, {CardPurpose::pin_reset, "bench"}};
        expect(keys.external_authentication(card, {apdu::KeyName::puk}, challenge, challenge).ok(),
               "PUK from the centre");
        expect(keys.pin_reset_command(card, challenge, pin.value()).ok(),
               "a PIN reset from the centre");
    }
}

double seconds_of_round(std::vector<std::unique_ptr<TlsLink>> const& links,
                        std::shared_ptr<KeyCatalogue const> const& catalogue, unsigned count) {
    auto const start = Clock::now();
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < windows; ++i) {
        threads.emplace_back(
            [&, i] { do_resets(*links[i], catalogue, static_cast<std::uint8_t>(i), count); });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    return std::chrono::duration<double>{Clock::now() - start}.count();
}

} // namespace

Measurement remote_resets(std::string const& key_file) {
    TestAuthority authority;
    spdlog::set_default_logger(spdlog::basic_logger_mt("bench", authority.folder() / "log"));
    auto opened = sscardd::open_key_store({.file = key_file});
    auto const* const store = std::get_if<std::unique_ptr<sscardd::KeyStore>>(&opened);
    expect(store != nullptr, "the key file");
    sscardd::CentreSettings settings;
    settings.clients.push_back({"bench", {}, "window", {}, {"63"}});
    settings.clients.front().purposes.set();
    sscardd::EventLog events;
    sscardd::CentreService centre{settings, **store, events};
    TlsServer server{[&centre](TlsPeer const& peer, std::string_view path, std::string_view body) {
                         return centre.answer(peer, path, body);
                     },
                     [](std::string const&) {},
                     {.threads = 4, .idle_s = 1}};
    expect(!server.listen(authority.issue("centre", {"centre", "127.0.0.1"}), "127.0.0.1", 0),
           "a port of the loopback");
    std::thread serving{[&server] { server.run(); }};
    TlsFiles const files = authority.issue("window", {"window"});
    std::vector<std::unique_ptr<TlsLink>> links;
    for (unsigned i = 0; i < windows; ++i) {
        links.push_back(
            std::make_unique<TlsLink>(CentreAddress{"127.0.0.1", server.port()}, files));
    }
    auto const catalogue = std::make_shared<KeyCatalogue const>(sscardd::catalogue_of(**store));
    static_cast<void>(seconds_of_round(links, catalogue, 50)); // connects
    std::vector<double> seconds;
    for (unsigned round = 0; round < rounds; ++round) {
        seconds.push_back(seconds_of_round(links, catalogue, resets_each));
    }
    links.clear();
    server.stop();
    serving.join();
    double const each_s = median(std::move(seconds)) / (windows * resets_each);
    return {"remote_resets", each_s * 1000, "ms", 1000 / resets_a_second_min,
            "500 resets a second; these are " + std::to_string(static_cast<long>(1 / each_s))};
}

} // namespace bench
