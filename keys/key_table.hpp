#pragma once

#include "keys/algorithm.hpp"
#include "keys/key_reference.hpp"

#include "apdu/directory.hpp"
#include "apdu/require.hpp"

#include <span>

namespace keys {

/// The type that a T514 card operating system gives a key. cos-t514.md §3.
enum class T514KeyType : std::uint8_t {
    mk = 0x00,
    pin = 0x01,
    stk = 0x07,
    dlk = 0x08,
    dpk = 0x09,
    dtk = 0x0A,
    external_authentication = 0x0D, ///< UK, RK, PUK, BK, LK, DSK
    irk = 0x0E,
};

/// Who owns the key that a card's key starts from, by card.md §3.2's cross-table.
enum class KeyRoot : std::uint8_t {
    national_level_1, ///< 3 dispersals: province, city, card
    national_level_3, ///< 1 dispersal: card
    local,            ///< the province's or city's to say, or not stated
};

/// The key in a PSAM: usage byte (high 3 bits dispersals, low 5 bits type) and id. The usage is the
/// default at city level; a province with level-2 roots has one dispersal more (usage_with()).
struct PsamKey {
    std::uint8_t usage;
    std::uint8_t id;
};

/// What of a row no source states.
enum class Assumed : std::uint8_t { nothing, card_id, psam_usage, card_id_and_psam_usage };

/// One key of the card, wherever it is kept. card.md §3.2.
struct KeyRow {
    apdu::KeyName name;
    std::optional<std::uint8_t> card_id; ///< P2 of EXTERNAL AUTHENTICATE; id in T514's WRITE KEY
    std::optional<PsamKey> psam;
    std::optional<std::uint16_t> hsm_address; ///< of group 1; see hsm_address_of()
    std::uint8_t groups;                      ///< 1 or 3: versions on the card
    std::uint8_t size_on_des3;                ///< bytes, 8 or 16; 16 on SM4
    KeyRoot root;
    T514KeyType t514_type;
    Assumed assumed;
};

/// All keys in the order of apdu::KeyName.
[[nodiscard]] std::span<KeyRow const, apdu::key_name_count> key_table();

/// The row of that key.
[[nodiscard]] KeyRow const& key_row(apdu::KeyName name);

/// The key that P2 of EXTERNAL AUTHENTICATE means while `current` is the current directory: bit 7
/// set, a key of it; clear, a key of the SSSE; 00 the directory's MK. Nothing for an id that no key
/// has.
[[nodiscard]] std::optional<apdu::KeyName> key_of_p2(apdu::Directory current, std::uint8_t p2);

/// Bytes of the key by the standard: 16, or 8 for the STKs of a 3DES card. A master key of another
/// size wins (KeyService::key_size()).
[[nodiscard]] std::uint8_t standard_key_size(apdu::KeyName name, Algorithm algorithm);

/// The HSM's logical address of that group of the key (for DPK: of its group 1 in that version).
/// Nothing where there is none, and for a version beyond the key's groups. card.md §3.2.
[[nodiscard]] std::optional<std::uint16_t> hsm_address_of(KeyReference key);

/// A PSAM usage byte of the same type for that number of dispersals. require: 0…3.
[[nodiscard]] constexpr std::uint8_t usage_with(std::uint8_t usage, unsigned dispersals) {
    apdu::require(dispersals <= 3);
    return static_cast<std::uint8_t>((dispersals << 5U) | (usage & 0x1FU));
}

} // namespace keys
