#pragma once

#include "host/store/card_register.hpp"
#include "host/store/owner_lock.hpp"
#include "host/store/soci_library.hpp"

#include <mutex>

namespace store {

/// One connection under one lock: SQLite has one writer at a time, a card needs two changes, and a
/// second connection would cost memory and the case that it is busy.
struct CardRegister::Database {
    std::filesystem::path file;
    OwnerLock lock;
    UtcClock clock;
    std::mutex mutex{};
    soci::session sql{};

    /// SOCI's own message only: its context tells the values, a person's number among them.
    [[nodiscard]] session::Fault fault(std::string const& message) const {
        return {.code = session::FaultCode::journal_failed,
                .detail = file.string() + ": " + message};
    }

    /// Runs `work` on the database; what it throws becomes a fault.
    template <typename Work>
    auto run(Work work) -> decltype(work(sql)) {
        std::lock_guard const guard{mutex};
        try {
            return work(sql);
        } catch (soci::soci_error const& error) {
            return fault(error.get_error_message());
        } catch (std::exception const& error) {
            return fault(error.what());
        }
    }

    /// The same, as a whole or not at all.
    template <typename Work>
    session::Outcome<apdu::Done> change(Work work) {
        return run([&work](soci::session& session) -> session::Outcome<apdu::Done> {
            soci::transaction transaction{session};
            auto done = work(session);
            if (done.ok()) {
                transaction.commit();
            }
            return done;
        });
    }
};

} // namespace store
