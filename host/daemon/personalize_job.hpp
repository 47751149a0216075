#pragma once

#include "host/daemon/card_at_hand.hpp"
#include "host/daemon/configuration.hpp"

#include "host/personalization/personalize.hpp"

#include <mutex>

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

/// Makes the card at hand what the request and the office's configuration say. Faults as
/// personalization::personalize(), and key_service_failed: no keys are configured.
[[nodiscard]] session::Outcome<api::Personalized>
personalize_card(CardAtHand const& at, api::PersonalizeRequest const& request,
                 Configuration const& office, RefusedChips& refused);

/// Checks a person's record without a card. Fault: record_invalid with every fault.
[[nodiscard]] session::Outcome<api::RecordCheck> check_record(std::string const& record,
                                                              apdu::TextProfile profile);

} // namespace sscardd
