#pragma once

#include "host/personalization/execution.hpp"
#include "host/personalization/making.hpp"
#include "host/personalization/request.hpp"
#include "host/personalization/transport_key_refusals.hpp"

#include "host/session/recognition.hpp"

namespace personalization {

/// The plan of the structure stage, or of both stages in one go, for a chip with those historical
/// bytes. No card is touched. Faults: request_invalid and record_invalid (with all problems),
/// key_missing (naming every key that is missing), algorithm_refused; pin_needed (a file that only
/// the PIN opens, and none is known). require: request.stage is not data.
[[nodiscard]] session::Outcome<Plan> make_structure_plan(PersonalizationRequest const& request,
                                                         HistoricalBytes const& chip,
                                                         keys::KeyService& keys);

/// The plan of the data stage for an office's blank, or, with `begun`, for a card that the stage
/// was begun on before: where that was with other records too, whatever they left is taken away.
/// Faults as above, not_this_card, and already_personalized or half_made (by its issuer data,
/// unless the request says rewrite). require: request.stage is not structure.
[[nodiscard]] session::Outcome<Plan> make_data_plan(PersonalizationRequest const& request,
                                                    session::RecognizedCard const& card,
                                                    keys::KeyService const& keys,
                                                    Making const* begun = nullptr);

/// The plan for the card that lies in the reader; nothing is written to it. Faults: those of the
/// plans; foreign_card; already_personalized (structure stage: the card has a structure); bare_chip
/// and the others of CardSession::open() (data stage); transport_key_refused_before, where
/// `refusals` (may be null) remembers the chip.
[[nodiscard]] session::Outcome<Plan> plan_for_card(session::CardChannel& channel,
                                                   keys::KeyService& keys,
                                                   PersonalizationRequest const& request,
                                                   TransportKeyRefusals const* refusals = nullptr);

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
/// card is the right kind; from then on the journal knows of each command before the card does.
/// A card whose making was interrupted is finished: a structure that was not closed is deleted and
/// made again, the data stage is done again for the same person. Faults: those of plan_for_card()
/// and carry_out(); card_in_making (the card was begun for something else); person_has_card;
/// other_keys (it was begun with other keys than those at hand; card and journal are left as they
/// are); card_voided (it was begun and is blocked, or accepts no MK of its MF, or its journal is
/// damaged: it has been voided now); journal_failed.
[[nodiscard]] session::Outcome<Report>
personalize(session::CardChannel& channel, keys::KeyService& keys, MakingJournals& journals,
            PersonalizationRequest const& request, Progress const& progress,
            TransportKeyRefusals* refusals = nullptr,
            session::RandomSource const& random = session::system_random);

} // namespace personalization
