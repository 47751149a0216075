#pragma once

#include "keys/sealed/locked_memory.hpp"

#include <string_view>

namespace keys::sealed {

/// What a store is sealed with; the values are those of the file.
enum class SealKind : std::uint8_t { passphrase = 1, credential = 2 };

/// Bytes of a new passphrase at least, and of any at most.
inline constexpr std::size_t passphrase_size_min = 12;
inline constexpr std::size_t passphrase_size_max = 1024;
/// Bytes of a credential.
inline constexpr std::size_t credential_size = 32;

/// A passphrase, or the random bytes of a systemd credential, in locked memory.
class SealingSecret {
public:
    /// A passphrase as it was typed, in any encoding; the caller wipes its own. Faults:
    /// secret_short (empty, or over passphrase_size_max), those of LockedMemory.
    [[nodiscard]] static StoreResult<SealingSecret> passphrase(std::string_view text);
    /// credential_size random bytes; the caller wipes its own. Faults: secret_short (another size),
    /// those of LockedMemory.
    [[nodiscard]] static StoreResult<SealingSecret> credential(apdu::ByteView bytes);

    [[nodiscard]] SealKind kind() const { return kind_; }
    /// Good enough for a new store.
    [[nodiscard]] bool is_long_enough() const;
    /// The secret itself: allowed in keys/ only.
    [[nodiscard]] apdu::ByteView expose() const { return memory_.bytes(); }

private:
    SealingSecret(SealKind kind, LockedMemory memory) : kind_{kind}, memory_{std::move(memory)} {}
    [[nodiscard]] static StoreResult<SealingSecret> take(SealKind kind, apdu::ByteView bytes);
    SealKind kind_;
    LockedMemory memory_;
};

} // namespace keys::sealed
