#pragma once

#include "keys/aes_cipher.hpp"

namespace keys {

// AES DUKPT, ANSI X9.24-3:2017: a terminal derives a key for each transaction from an initial key
// and forgets it; the host derives the same one from the base derivation key (BDK), the terminal's
// id and the transaction counter. Only PIN encryption keys are derived: terminals do nothing else.

/// Names an initial key, and so a terminal. X9.24-3 §4.17.
struct InitialKeyId {
    std::array<std::uint8_t, 8> bytes;

    /// Which BDK the initial key comes from.
    [[nodiscard]] std::span<std::uint8_t const, 4> bdk_id() const {
        return std::span{bytes}.first<4>();
    }
    /// Which terminal of that BDK.
    [[nodiscard]] std::span<std::uint8_t const, 4> derivation_id() const {
        return std::span{bytes}.last<4>();
    }
    /// Equal when all bytes are.
    friend bool operator==(InitialKeyId const&, InitialKeyId const&) = default;
};

/// The key of a host over a family of terminals: the base derivation key.
class Bdk : public AesKey {
public:
    using AesKey::AesKey;
};

/// A terminal's key when it is loaded; gone from the terminal at once.
class InitialKey : public AesKey {
public:
    using AesKey::AesKey;
    /// From what was derived or received.
    explicit InitialKey(AesKey key) : AesKey{std::move(key)} {}
};

/// What the key of one transaction, and those after it, are derived from: the standard's
/// intermediate derivation key.
class IntermediateKey : public AesKey {
public:
    /// From what was derived.
    explicit IntermediateKey(AesKey key) : AesKey{std::move(key)} {}
};

/// The key that encrypts the PIN of one transaction.
class PinKey : public AesKey {
public:
    using AesKey::AesKey;
    /// From what was derived.
    explicit PinKey(AesKey key) : AesKey{std::move(key)} {}
};

/// One bits that a transaction counter may have. X9.24-3 §6.1.
inline constexpr unsigned counter_ones_max = 16;

/// True for the transaction counters of a terminal: not 0, and at most counter_ones_max one bits.
[[nodiscard]] bool is_transaction_counter(std::uint32_t counter);

/// The transaction counter after that one; 0 after the last, FFFF0000. require:
/// is_transaction_counter().
[[nodiscard]] std::uint32_t next_transaction_counter(std::uint32_t counter);

/// The initial key of that terminal, of the BDK's size. Errors: back_end_failed.
/// X9.24-3 §6.3.
[[nodiscard]] CipherResult<InitialKey> derive_initial_key(AesCipher& cipher, Bdk const& bdk,
                                                          InitialKeyId const& id);

/// The intermediate key of `counter` from the one of `counter` without its lowest one bit, which is
/// the initial key where nothing is left. Errors: back_end_failed. X9.24-3 §6.3.
[[nodiscard]] CipherResult<IntermediateKey> derive_intermediate_key(AesCipher& cipher,
                                                                    AesKey const& above,
                                                                    InitialKeyId const& id,
                                                                    std::uint32_t counter);

/// The host's way to a transaction's intermediate key: one derivation for each one bit. require:
/// is_transaction_counter(). Errors: back_end_failed. X9.24-3 §6.3.
[[nodiscard]] CipherResult<IntermediateKey> intermediate_key(AesCipher& cipher,
                                                             InitialKey const& initial,
                                                             InitialKeyId const& id,
                                                             std::uint32_t counter);

/// The PIN encryption key of a transaction, of that size. require: not larger than the
/// intermediate key. Errors: back_end_failed. X9.24-3 §6.3.
[[nodiscard]] CipherResult<PinKey> derive_pin_key(AesCipher& cipher,
                                                  IntermediateKey const& intermediate,
                                                  InitialKeyId const& id, std::uint32_t counter,
                                                  AesSize size);

} // namespace keys
