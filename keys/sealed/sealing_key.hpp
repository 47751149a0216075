#pragma once

#include "keys/sealed/store_header.hpp"

#include <vector>

namespace keys::sealed {

/// What a secret becomes for one store, in locked memory: HKDF-SHA-256 (RFC 5869) with the store's
/// salt over what argon2id (RFC 9106) makes of a passphrase, or over a credential as it is.
class SealingKey {
public:
    /// With kind, cost and salt of that header; argon2id takes its memory and time here. Faults:
    /// sealed_otherwise, sealing_failed, those of LockedMemory.
    [[nodiscard]] static StoreResult<SealingKey> derive(SealingSecret const& secret,
                                                        StoreHeader const& header);

    /// What shows that the secret is right, without the sealed part and without telling the key.
    [[nodiscard]] std::array<std::uint8_t, 20> proof() const;
    /// True where the header's proof is this key's.
    [[nodiscard]] bool proves(StoreHeader const& header) const;

    /// A whole file: the header with a new nonce, size and proof, and the content sealed. Fault:
    /// sealing_failed.
    [[nodiscard]] StoreResult<std::vector<std::uint8_t>> seal(StoreHeader header,
                                                              apdu::ByteView content) const;
    /// The content of a file whose header is `header`. Faults: secret_wrong, damaged,
    /// sealing_failed, those of LockedMemory.
    [[nodiscard]] StoreResult<LockedMemory> open(StoreHeader const& header,
                                                 apdu::ByteView file) const;

private:
    explicit SealingKey(LockedMemory memory) : memory_{std::move(memory)} {}
    [[nodiscard]] apdu::ByteView cipher_key() const;
    LockedMemory memory_;
};

/// Random bytes for a salt. Fault: sealing_failed.
[[nodiscard]] StoreResult<apdu::Done> fill_at_random(apdu::ByteSpan bytes);

} // namespace keys::sealed
