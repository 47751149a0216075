#pragma once

#include "keys/sealed/held_keys.hpp"

namespace keys::sealed {

/// Bytes of what is sealed: 1 (bit 0: test keys; bit 1: keys of terminals follow), 2 (how many
/// master keys, big-endian), and for each 8 (its name, zeros behind), 1 (1 DES, 2 3DES, 3 SM4), 1
/// (its tier: 1 ministry, 2 province, 3 city), 1 (its version; 0: any), 16 (the key; a DES key has
/// zeros behind). Then, where bit 1 says so, 2 (how many keys of terminals, not 0), and for each 1
/// (1 BDK, 2 transport key), 8 (the terminal, or the BDK's id and zeros), 1 (bytes of the AES key:
/// 16, 24 or 32), 32 (the key, zeros behind), BDKs first.
inline constexpr std::size_t content_head_size = 3;
inline constexpr std::size_t content_row_size = 27;
inline constexpr std::size_t terminal_head_size = 2;
inline constexpr std::size_t terminal_row_size = 42;
inline constexpr std::size_t content_size_max = content_head_size + keys_max * content_row_size +
                                                terminal_head_size +
                                                terminal_keys_max * terminal_row_size;

/// The content as bytes, in locked memory. Faults: those of LockedMemory.
[[nodiscard]] StoreResult<LockedMemory> encode_content(MasterKeySet const& masters);

/// The keys that such bytes say. Faults: damaged (anything else than what encode_content() writes),
/// those of HeldKeys.
[[nodiscard]] StoreResult<std::shared_ptr<HeldKeys>> parse_content(apdu::ByteView content);

} // namespace keys::sealed
