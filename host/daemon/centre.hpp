#pragma once

#include "host/daemon/centre_service.hpp"

#include <future>

namespace sscardd {

/// The daemon's role as a centre; none where nothing is configured to listen at.
class Centre {
public:
    /// All must outlive it.
    Centre(CentreSettings const& settings, KeyStore const& keys, EventLog& events);
    Centre(Centre const&) = delete;
    Centre& operator=(Centre const&) = delete;
    /// As end(), without bound.
    ~Centre() { static_cast<void>(end()); }

    /// Listens, and serves from now on. Gives what hinders it in words for a log.
    [[nodiscard]] std::optional<std::string> begin();

    /// Takes no more connections; false where one that is open is not done within a moment.
    [[nodiscard]] bool end();

private:
    CentreSettings const& settings_;
    CentreService service_;
    keys::remote::TlsServer server_;
    std::future<void> serving_{};
};

} // namespace sscardd
