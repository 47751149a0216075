#pragma once

#include "host/virtual/card_memory.hpp"

#include "keys/card_identity.hpp"
#include "keys/master_key.hpp"

#include "apdu/result.hpp"
#include "apdu/spec_version.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace virtual_card {

/// What card is to be made.
struct CardPlan {
    apdu::SpecVersion version = apdu::SpecVersion::v2_00;
    keys::Algorithm algorithm = keys::Algorithm::des3;
    std::array<std::uint8_t, 3> region{0x63, 0x99, 0x00};
    std::array<std::uint8_t, keys::historical_size> historical{
        0x00, 0x81, 0x4E, 0x43, 0x23, 0x86, 0x97, 0x15, 0x99, 0x00, 0xBF, 0x7C, 0x7A};
    std::string pin = "123456"; ///< 4…12 digits; empty: none is set. card.md §4.4
    std::uint8_t pin_tries = 6; ///< 1…14
    std::uint8_t key_tries = 3; ///< of external authentication and transport key, 1…14

    [[nodiscard]] keys::CardIdentity identity() const { return {algorithm, region, historical}; }
};

/// A card's memory and what is to be known of it.
struct MadeCard {
    CardMemory memory;
    /// Keys that the card does not have, because their master is not at hand: "UK7DF01".
    std::vector<std::string> missing_keys{};
};

/// The card, or everything that keeps it from being made, each with its place.
using MakingResult = apdu::Result<MadeCard, std::vector<std::string>>;

/// A bare chip under its transport key (TK). Problems: no TK for the algorithm; SSF33; tries or PIN
/// out of range.
[[nodiscard]] MakingResult make_bare(CardPlan const& plan, keys::MasterKeySet const& masters);

/// An office's blank card: the structure stage is over, with all directories, files, keys and the
/// default PIN, and every item in its unpersonalized form. cos-t514.md §1. Problems: as above,
/// but for TK, without which the chip can never be bare again; no IRK.
[[nodiscard]] MakingResult make_blank(CardPlan const& plan, keys::MasterKeySet const& masters);

/// A live card: a blank with the items of a person's record, a JSON object {file: {item: value}}
/// with the names of apdu/card_layout.hpp. A value is text (a number also a JSON number); an item
/// that a file holds several times is an array; a constructed item is an object of its parts; a
/// cyclic file is an array of records, newest first; a transparent file is base64. A name too long
/// for its item goes on in the name extension. Problems: as above, and every fault of the record
/// with its JSON pointer.
[[nodiscard]] MakingResult make_personalized(CardPlan const& plan,
                                             keys::MasterKeySet const& masters,
                                             std::string_view person_json);

} // namespace virtual_card
