#pragma once

#include "apdu/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace keys::sealed {

/// Why a sealed store is not used, read or changed.
enum class StoreFaultCode : std::uint8_t {
    missing,          ///< there is no such file
    exists,           ///< there is one already
    not_readable,     ///< the operating system refuses; the detail has its words
    permissions,      ///< others than its owner may read or write it
    in_use,           ///< another process has it; the detail has its pid
    not_a_store,      ///< the file is something else
    version_unknown,  ///< of a later format; the detail has its number
    header_damaged,   ///< its check value does not fit, or a number is out of its bounds
    truncated,        ///< shorter than its header says
    damaged,          ///< the secret is right and the sealed part is not what was written
    sealed_otherwise, ///< by a passphrase where a credential is given, or the other way round
    secret_wrong,     ///< not the passphrase or credential that it was sealed with
    secret_short,     ///< a new passphrase of too few bytes, or a credential of the wrong size
    memory_unlocked,  ///< the system does not let memory be locked, so that it could be swapped out
    sealing_failed,   ///< the cipher library failed, or there is no memory for argon2
    not_written,      ///< the disk refused; what stood in the file stands there still
    maybe_not_kept,   ///< written, but a power cut may bring back what stood there before
    key_known,        ///< there is a key of that name, algorithm and version
    key_unknown,      ///< there is none
    marks_differ,     ///< test keys and real ones are never in one store
    full,             ///< more than keys_max
};

/// The code's stable name: "secret_wrong".
[[nodiscard]] std::string_view to_text(StoreFaultCode code);

/// Why, and what it is about: a path, a key's name. Never a secret.
struct StoreFault {
    StoreFaultCode code;
    std::string detail{};
};

template <typename T>
using StoreResult = apdu::Result<T, StoreFault>;

} // namespace keys::sealed
