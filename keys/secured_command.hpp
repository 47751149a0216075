#pragma once

#include "keys/block_cipher.hpp"
#include "keys/pin.hpp"

#include "apdu/command.hpp"

namespace keys {

inline constexpr std::size_t mac_size = 4;
/// Bytes of data that a short command carries beside a MAC.
inline constexpr std::size_t maced_data_max = apdu::short_nc_max - mac_size;

/// A command with encrypted data or a MAC, ready to send; it holds no secret in the clear.
struct SecuredCommand {
    std::array<std::uint8_t, apdu::short_command_size_max> bytes{};
    std::size_t size = 0;
    [[nodiscard]] apdu::ByteView view() const { return apdu::ByteView{bytes}.first(size); }
};

/// `header`'s CLA INS P1 P2, Lc (which counts the MAC), `data` as it is sent, and the MAC over all
/// of it by `key`; `initial` as for mac(). require: data of at most maced_data_max, header without
/// data or Le. Errors: back_end_failed. card.md §3.5.
[[nodiscard]] CipherResult<SecuredCommand> maced_command(BlockCipher& cipher, CardKey const& key,
                                                         apdu::Command const& header,
                                                         apdu::ByteView data,
                                                         apdu::ByteView initial = {});

/// PIN CHANGE/UNBLOCK 84 24 00 01 with the new PIN encrypted and a MAC, both by the session key of
/// STKSSSE. Errors: back_end_failed. card.md §4.5.
[[nodiscard]] CipherResult<SecuredCommand>
pin_reset_command(BlockCipher& cipher, CardKey const& session, Pin const& new_pin);

} // namespace keys
