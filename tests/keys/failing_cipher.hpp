#pragma once

#include "keys/block_cipher.hpp"

namespace keys {

/// A back end that does the first `works` requests of another and then none.
class FailingCipher final : public BlockCipher {
public:
    FailingCipher(BlockCipher& cipher, unsigned works) : cipher_{cipher}, works_{works} {}

    CipherResult<apdu::Done> encrypt(CardKey const& key, apdu::ByteSpan blocks) override {
        return is_broken() ? failure() : cipher_.encrypt(key, blocks);
    }
    CipherResult<apdu::Done> decrypt(CardKey const& key, apdu::ByteSpan blocks) override {
        return is_broken() ? failure() : cipher_.decrypt(key, blocks);
    }
    CipherResult<apdu::Done> chain(CardKey const& key, apdu::ByteSpan state,
                                   apdu::ByteView blocks) override {
        return is_broken() ? failure() : cipher_.chain(key, state, blocks);
    }

    [[nodiscard]] bool has_failed() const { return has_failed_; }

private:
    bool is_broken() {
        if (works_ == 0) {
            has_failed_ = true;
            return true;
        }
        --works_;
        return false;
    }
    static CipherResult<apdu::Done> failure() { return CipherError::back_end_failed; }

    BlockCipher& cipher_;
    unsigned works_;
    bool has_failed_ = false;
};

} // namespace keys
