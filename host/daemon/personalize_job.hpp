#pragma once

#include "host/daemon/card_at_hand.hpp"
#include "host/daemon/configuration.hpp"

#include "host/api/key_messages.hpp"
#include "host/personalization/personalize.hpp"
#include "host/store/card_makings.hpp"

#include <functional>
#include <mutex>
#include <vector>

namespace sscardd {

/// Chips that refused the transport key, shared by all lanes; for as long as the daemon runs.
class RefusedChips {
public:
    /// What is remembered now.
    [[nodiscard]] personalization::TransportKeyRefusals all() const;
    void add(personalization::HistoricalBytes const& chip);
    void forget(personalization::HistoricalBytes const& chip);

private:
    mutable std::mutex mutex_{};
    personalization::TransportKeyRefusals chips_{};
};

/// What the office remembers of cards while they are made.
struct OfficeRecords {
    store::CardMakings& makings;
    RefusedChips& refused;
    std::function<std::vector<api::KnownKey>()> known_keys; ///< the master keys, as they are now
};

/// Makes the card at hand what the request and the office's configuration say, or finishes it where
/// it was begun; as a part of a batch where the request names one. Faults as
/// personalization::personalize(), and key_service_failed: no keys are configured; card_removed:
/// it is not the card that the request expects, which is found out before all else.
[[nodiscard]] session::Outcome<api::Personalized>
personalize_card(CardAtHand const& at, api::PersonalizeRequest const& request,
                 Configuration const& office, OfficeRecords const& records);

/// Tells what personalize_card() would send to the card at hand, which is only looked at. Faults as
/// personalization::plan_for_card(), and key_service_failed; card_removed as above.
[[nodiscard]] session::Outcome<api::PersonalizationPlan>
plan_card(CardAtHand const& at, api::PersonalizeRequest const& request,
          Configuration const& office);

/// Makes the card at hand void, whatever it is. Faults as personalization::void_card(), and
/// key_service_failed; request_invalid (no reason is given); card_removed as above.
[[nodiscard]] session::Outcome<api::Voided> void_card(CardAtHand const& at,
                                                      api::CardVoidRequest const& request,
                                                      Configuration const& office,
                                                      personalization::MakingJournals& journals);

/// Checks a person's record without a card. Fault: record_invalid with every fault.
[[nodiscard]] session::Outcome<api::RecordCheck> check_record(std::string const& record,
                                                              apdu::TextProfile profile);

} // namespace sscardd
