#pragma once

#include "apdu/result.hpp"

namespace keys {

/// Why something computed with a key has no result.
enum class CipherError : std::uint8_t {
    back_end_failed, ///< the cipher library or token did not do its part
    malformed,       ///< decrypted bytes are not what they must be: wrong key or wrong bytes
    unsupported,     ///< the back end has no such cipher
    held_back,       ///< the key would have to leave its token, and may not
};

template <typename T>
using CipherResult = apdu::Result<T, CipherError>;

} // namespace keys
