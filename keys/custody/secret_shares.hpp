#pragma once

#include "keys/custody/custody_fault.hpp"
#include "keys/sealed/locked_memory.hpp"

#include <span>
#include <vector>

namespace keys::custody {

/// Bytes of a secret that is split, and of each share's value.
inline constexpr std::size_t shared_secret_size = 32;

/// A share: its number (from 1) and its value.
struct Share {
    std::uint8_t number;
    apdu::ByteView value;
};

/// Splits a secret of shared_secret_size bytes so that any `needed` of `count` shares give it back,
/// and fewer say nothing of it: Shamir over GF(2^8), by libgfshare with the operating system's
/// random numbers. Share i + 1 stands at i * shared_secret_size. require: 2 <= needed <= count <=
/// 255. Faults: memory_unlocked, failed.
[[nodiscard]] CustodyResult<sealed::LockedMemory> split(apdu::ByteView secret, std::size_t needed,
                                                        std::size_t count);

/// The secret of those shares; another one where they are too few or not of one secret, which only
/// what it opens can tell. require: numbers differ, sizes fit. Faults: memory_unlocked, failed.
[[nodiscard]] CustodyResult<sealed::LockedMemory> joined_secret(std::span<Share const> shares);

} // namespace keys::custody
