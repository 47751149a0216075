#pragma once

#include "host/personalization/execution.hpp"
#include "host/personalization/making.hpp"
#include "host/personalization/request.hpp"

#include "host/session/recognition.hpp"

namespace personalization {

/// The plan of the structure stage, or of both stages in one go, for a chip with those historical
/// bytes. No card is touched. Faults: request_invalid and record_invalid (with all problems),
/// key_missing (naming every key that is missing), algorithm_refused; pin_needed (a file that only
/// the PIN opens, and none is known). require: request.stage is not data.
[[nodiscard]] session::Outcome<Plan> make_structure_plan(PersonalizationRequest const& request,
                                                         HistoricalBytes const& chip,
                                                         keys::KeyService& keys);

/// The plan of the data stage for an office's blank. Faults as above, and already_personalized (by
/// its issuer data, unless the request says rewrite). require: request.stage is data.
[[nodiscard]] session::Outcome<Plan> make_data_plan(PersonalizationRequest const& request,
                                                    session::RecognizedCard const& card,
                                                    keys::KeyService const& keys);

/// How many chips TransportKeyRefusals remembers; the oldest is forgotten first.
inline constexpr std::size_t transport_key_refusals_max = 1024;

/// Chips that refused the transport key, by their historical bytes: it is not tried a second time
/// by itself. Not for several threads at once.
class TransportKeyRefusals {
public:
    /// The chip has refused the transport key.
    [[nodiscard]] bool contains(HistoricalBytes const& chip) const;
    /// Remembers a chip that refused it.
    void add(HistoricalBytes const& chip);
    /// Lets the transport key be tried once more, because a person said so.
    void forget(HistoricalBytes const& chip);

private:
    std::vector<HistoricalBytes> chips_{};
};

/// What was made.
struct Report {
    std::string card_id;     ///< 32 hex digits
    std::string card_number; ///< empty after the structure stage alone
    std::string reset_info;  ///< 26 hex digits
    apdu::SpecVersion version;
    keys::Algorithm algorithm;
    std::size_t steps;
    std::size_t commands; ///< that went to the card, recognition and GET RESPONSE included
    std::vector<session::Problem> warnings; ///< of the person's record
};

/// Makes the card that lies in the reader what the request says: recognizes it, makes the plan and
/// carries it out. Nothing is written before the request is sound, every key is at hand and the
/// card is the right kind. Faults: those of the plans and of carry_out(); foreign_card;
/// already_personalized (structure stage: the card has a structure); bare_chip and the others of
/// CardSession::open() (data stage); transport_key_refused_before, where `refusals` remembers the
/// chip.
[[nodiscard]] session::Outcome<Report> personalize(session::CardChannel& channel,
                                                   keys::KeyService& keys,
                                                   PersonalizationRequest const& request,
                                                   Progress const& progress,
                                                   TransportKeyRefusals* refusals = nullptr);

} // namespace personalization
