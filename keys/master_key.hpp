#pragma once

#include "keys/diversification.hpp"
#include "keys/key_reference.hpp"
#include "keys/terminal_pin.hpp"

namespace keys {

/// A key that cards' keys are diversified from; the transport key alone is used as it is.
struct MasterKey {
    apdu::KeyName name;
    std::optional<std::uint8_t> version; ///< 1…3; none: for every version without one of its own
    Tier tier;
    CardKey secret;
};

/// The master keys at hand; borrows them.
struct MasterKeySet {
    std::span<MasterKey const> keys;
    bool are_test_keys;
    TerminalKeySet terminals{}; ///< another kind of keys, for PIN pads
};

/// The master key that `key` of a card of that algorithm comes from: that of its own version, else
/// one without a version, else null. Null for SSF33 and for a version other than 1…3.
[[nodiscard]] MasterKey const* find_master(MasterKeySet const& masters, Algorithm algorithm,
                                           KeyReference key);

/// The card's own key that comes from `master`. Errors: back_end_failed.
[[nodiscard]] CipherResult<CardKey> card_key_of(BlockCipher& cipher, MasterKey const& master,
                                                CardIdentity const& card);

} // namespace keys
