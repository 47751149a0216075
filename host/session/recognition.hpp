#pragma once

#include "host/session/fault.hpp"

#include "apdu/identifiers.hpp"
#include "apdu/spec_version.hpp"
#include "keys/card_identity.hpp"

#include <array>
#include <optional>
#include <vector>

namespace session {

// Tags of SSSE/EF05. card.md §1.5.
inline constexpr std::uint8_t card_id_tag = 0x01;
inline constexpr std::uint8_t version_tag = 0x03;

/// What SELECT SSSE and SSSE/EF05 tell of a card.
struct RecognizedCard {
    keys::CardIdentity
        identity; ///< algorithm of the FCI (or by region, card.md §1.2), region of the card id
    apdu::SpecVersion version;
    std::vector<std::uint8_t> issuer_data; ///< all records of SSSE/EF05 as the card gave them
};

/// The algorithm that SSSE's FCI names; nothing where it names none. Faults: answer_malformed (no
/// FCI), foreign_card (that of another directory), algorithm_refused (SSF33, or none that we know).
[[nodiscard]] Outcome<std::optional<keys::Algorithm>> algorithm_of_fci(apdu::ByteView fci);

/// The 13 historical bytes of the card's answer to reset. Fault: card_id_malformed (there are not
/// 13, so that no card id can fit).
[[nodiscard]] Outcome<std::array<std::uint8_t, keys::historical_size>>
historical_bytes_of(apdu::ByteView atr);

/// The card by its issuer data. Faults: answer_malformed (no records), bare_chip (no card id),
/// unknown_version, card_id_malformed (its form, or its serial is not the ATR's), algorithm_refused
/// (a Beijing card without an algorithm in its FCI has SSF33).
[[nodiscard]] Outcome<RecognizedCard> recognize(std::optional<keys::Algorithm> algorithm,
                                                apdu::ByteView atr,
                                                std::vector<std::uint8_t> issuer_data);

} // namespace session
