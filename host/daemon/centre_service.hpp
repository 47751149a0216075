#pragma once

#include "host/daemon/client_watch.hpp"
#include "host/daemon/event_log.hpp"
#include "host/daemon/key_store.hpp"

#include "keys/remote/key_catalogue.hpp"
#include "keys/remote/tls_server.hpp"

namespace sscardd {

/// What a centre answers to windows and kiosks. Whatever it refuses it refuses with the same words,
/// counts, and tells the log; never a secret. For any thread.
class CentreService {
public:
    /// All but `now` and `random` must outlive the service.
    CentreService(CentreSettings const& settings, KeyStore const& keys, EventLog& events,
                  ApprovedOperations::Now now = ApprovedOperations::Clock::now,
                  session::RandomSource random = session::system_random)
        : settings_{settings}, keys_{keys}, events_{events},
          operations_{settings.limits, now, std::move(random)}, watch_{settings.limits, now} {}

    /// Answers one message of that client: 200; 403 and nothing more for all that is refused; 423
    /// where the keys are locked or there are none; 503 where too much is open.
    [[nodiscard]] keys::remote::TlsAnswer answer(keys::remote::TlsPeer const& peer,
                                                 std::string_view path, std::string_view body);

private:
    using Answer = keys::remote::TlsAnswer;
    [[nodiscard]] Answer opened(CentreClient const& client, std::string_view body);
    [[nodiscard]] Answer stepped(CentreClient const& client, std::string_view body);
    [[nodiscard]] Answer ended(CentreClient const& client, std::string_view body);
    [[nodiscard]] Answer refuse(CentreClient const* client, std::string const& name, Refusal why);
    [[nodiscard]] Answer refuse(CentreClient const& client, Refusal why) {
        return refuse(&client, client.name, why);
    }

    CentreSettings const& settings_;
    KeyStore const& keys_;
    EventLog& events_;
    ApprovedOperations operations_;
    ClientWatch watch_;
};

/// What windows and kiosks are told of those keys.
[[nodiscard]] keys::remote::KeyCatalogue catalogue_of(KeyStore const& keys);

} // namespace sscardd
