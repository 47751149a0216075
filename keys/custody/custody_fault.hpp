#pragma once

#include "apdu/result.hpp"

#include <cstdint>
#include <string_view>

namespace keys::custody {

/// Why a part that a custodian gave is not taken, or the whole is not made of the parts.
enum class CustodyFault : std::uint8_t {
    part_malformed,      ///< something else than so many pairs of hex digits
    check_value_differs, ///< the part is not the one that its check value is of: mistyped
    part_not_shown,      ///< it is not what its custodian was shown
    part_repeated,       ///< another custodian's is the same, so that both cancel out
    part_weak,           ///< a component that keeps no secret: zeros, a weak DES key
    part_missing,        ///< a custodian has not given theirs
    part_foreign,        ///< a share of another backup
    key_weak,            ///< the components make a key that keeps no secret
    memory_unlocked,     ///< the system does not let memory be locked
    failed,              ///< the cipher library or the source of random numbers failed
    backup_malformed,    ///< the file is no backup, or cut off
    backup_damaged,      ///< its shares are right, and the sealed part is not what was written
};

template <typename T>
using CustodyResult = apdu::Result<T, CustodyFault>;

} // namespace keys::custody
