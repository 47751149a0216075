#pragma once

#include "host/daemon/configuration.hpp"
#include "host/daemon/key_store.hpp"

#include "host/api/minutes_messages.hpp"
#include "host/audit/minutes_book.hpp"

#include <functional>
#include <mutex>

namespace sscardd {

/// The office's minutes for its daemon, in the folder "minutes" of the state directory, which is
/// made when it is first needed. For any thread.
class MinutesKeeper {
public:
    /// Both must outlive the object.
    MinutesKeeper(Configuration const& configuration, KeyStore const& keys)
        : configuration_{configuration}, keys_{keys} {}

    /// Minutes of an act that begins now: where, by which program, on which keys.
    [[nodiscard]] audit::Minutes begin(audit::Act act, std::string user) const;

    /// Writes minutes of an act that ends now, does it, and keeps them; where it is not done, they
    /// say why and the fault is given. Faults: minutes_not_written, minutes_damaged (both before
    /// anything is done; or, where the disk breaks in the middle, at the end), those of `act`.
    [[nodiscard]] api::Outcome<api::MinutesDocument>
    carry_out(audit::Minutes minutes, std::function<api::Outcome<apdu::Done>()> const& act);

    /// Keeps minutes of an act that ended otherwise. Faults: minutes_not_written, minutes_damaged.
    [[nodiscard]] api::Outcome<api::MinutesDocument> keep(audit::Minutes minutes,
                                                          audit::ActOutcome outcome);

    /// What clients ask for; see host/api/minutes_messages.hpp.
    [[nodiscard]] api::Outcome<api::MinutesList> list();
    [[nodiscard]] api::Outcome<api::MinutesDocument> find(std::uint32_t number,
                                                          bool with_pdf = false);
    [[nodiscard]] api::Outcome<api::MinutesProof> prove(std::string_view text);

private:
    [[nodiscard]] api::Outcome<audit::MinutesBook*> book();

    Configuration const& configuration_;
    KeyStore const& keys_;
    std::mutex mutex_{};
    std::optional<audit::MinutesBook> book_{};
};

} // namespace sscardd
