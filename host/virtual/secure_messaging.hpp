#pragma once

#include "host/virtual/card.hpp"

namespace virtual_card {

/// Bytes of a command's MAC. card.md §3.5.
inline constexpr std::size_t mac_size = 4;

/// A key by place: the directory's and the key's index.
struct KeyIndex {
    std::size_t directory;
    std::size_t key;
};

/// The key there.
[[nodiscard]] StoredKey const& key_at(CardMemory const& memory, KeyIndex index);

/// The environment that the current directory is or stands in.
[[nodiscard]] std::optional<std::size_t> environment_of_current(Card const& card);

/// The maintenance key (STK) of that directory.
[[nodiscard]] std::optional<KeyIndex> find_stk(CardMemory const& memory, std::size_t directory);

/// The key as the ciphers take it. require: 8 or 16 bytes, as WRITE KEY lets in.
[[nodiscard]] keys::CardKey cipher_key(CardMemory const& memory, StoredKey const& key);

/// Takes one try of the key or PIN before what was presented is judged, so that cutting the power
/// in time gains nobody a try (ASSUMED, as cards do). @returns what a wrong one is answered: 63Cx,
/// 63CF where tries are not counted. require: a try is left.
[[nodiscard]] apdu::StatusWord spend_try(Card& card, KeyIndex index);

/// Gives the key or PIN all its tries again.
void restore_tries(Card& card, KeyIndex index);

/// The session key of `key` for the number of the GET CHALLENGE just before; 6985 without one.
[[nodiscard]] apdu::Result<keys::CardKey, apdu::StatusWord> session_key(Card& card, KeyIndex index);

/// Why the MAC at the end of `command` does not hold: 6A88 no such key, 6983 locked, 6985 no
/// challenge just before, 6988 wrong, 6F00 the cipher failed. Nothing when it is right.
/// card.md §3.5.
[[nodiscard]] std::optional<apdu::StatusWord> check_mac(Card& card, CardCommand const& command,
                                                        std::optional<KeyIndex> key);

/// The data of a command that may carry a MAC: of CLA 04 without it once it is found right, by the
/// STK of the current directory; of CLA 00 as they are. Refusals: as check_mac(), 6700 too short.
[[nodiscard]] apdu::Result<apdu::ByteView, apdu::StatusWord>
data_of_update(Card& card, CardCommand const& command);

/// CLA INS P1 P2 Lc and data as they came, which is what a command's MAC is over.
[[nodiscard]] Bytes bytes_of(CardCommand const& command);

} // namespace virtual_card
