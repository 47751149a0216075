#pragma once

#include "keys/algorithm.hpp"

#include "apdu/key_name.hpp"
#include "apdu/result.hpp"

namespace keys {

/// Why a key service did not do what it was asked for.
enum class KeyFaultReason : std::uint8_t {
    key_missing,              ///< no master key of that name, algorithm and version
    algorithm_unsupported,    ///< SSF33, or a cipher that the back end has not
    back_end_failed,          ///< the cipher, token or link did not work
    key_held_back,            ///< a token keeps the card's key, and here its bytes are needed
    terminal_key_missing,     ///< no BDK or transport key for that terminal
    terminal_counter_refused, ///< used before, or none that a terminal may use
    pin_block_malformed,      ///< for another card or key, or changed: which is not told
    back_end_absent,          ///< no PSAM is there
    back_end_lost,            ///< it was there and answers no more, or not as itself
    level_too_low,            ///< the key at hand serves another city or province only
    key_locked,               ///< the back end's own key is blocked
};

/// Why, and for which key.
struct KeyFault {
    KeyFaultReason reason;
    apdu::KeyName key;
    Algorithm algorithm;
    std::uint8_t version; ///< 1…3
};

template <typename T>
using KeyResult = apdu::Result<T, KeyFault>;

} // namespace keys
