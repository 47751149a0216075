#pragma once

#include "keys/sealed/sealing_secret.hpp"

#include <array>

namespace keys::sealed {

/// What argon2id may cost; RFC 9106 §3.1.
struct ArgonCost {
    std::uint32_t memory_kib;
    std::uint32_t passes;
    std::uint32_t lanes;
};

/// An office PC has four cores and a quarter of a gigabyte for a second: RFC 9106 §4's second
/// choice with four times its memory.
inline constexpr ArgonCost cost_default{256U * 1024U, 3, 4};
/// What is believed when a file is read: argon2's own least, and what a PC can still do.
inline constexpr ArgonCost cost_min{64, 1, 1};
inline constexpr ArgonCost cost_max{1024U * 1024U, 16, 16};

inline constexpr std::uint16_t format_version = 1;
inline constexpr std::size_t header_size = 84;
inline constexpr std::size_t tag_size = 16;

/// The open first part of a store's file. Numbers are big-endian.
///
///     at  bytes
///      0      8  "SSCARDKS"
///      8      2  format version, 1
///     10      1  what it is sealed with: 1 a passphrase, 2 a credential
///     11      1  1: test keys, else 0
///     12     12  argon2id: KiB of memory, passes, lanes; zeros for a credential
///     24     16  salt, new with every passphrase or credential
///     40     12  nonce, new with every writing
///     52      4  bytes of the sealed part with its tag
///     56     20  proof of the secret: SealingKey::proof()
///     76      8  check value: the first bytes of SHA-256 over what stands before
///     84         the sealed part: AES-256-GCM, all that stands before it as additional data
struct StoreHeader {
    SealKind kind = SealKind::passphrase;
    bool is_test = false;
    ArgonCost cost{};
    std::array<std::uint8_t, 16> salt{};
    std::array<std::uint8_t, 12> nonce{};
    std::uint32_t sealed_size = 0;
    std::array<std::uint8_t, 20> proof{};
};

using HeaderBytes = std::array<std::uint8_t, header_size>;

/// The header as it stands in a file.
[[nodiscard]] HeaderBytes encode_header(StoreHeader const& header);

/// Reads the header at the start of a whole file. Faults: not_a_store, version_unknown, truncated
/// (also where the sealed part is shorter than said), header_damaged, damaged (bytes follow the
/// sealed part).
[[nodiscard]] StoreResult<StoreHeader> parse_header(apdu::ByteView file);

} // namespace keys::sealed
