#pragma once

#include "keys/aes_cipher.hpp"

namespace keys {

/// An AES back end that does the first `works` requests of another and then none, until mended.
class FailingAes final : public AesCipher {
public:
    FailingAes(AesCipher& cipher, unsigned works) : cipher_{cipher}, works_{works} {}

    CipherResult<apdu::Done> encrypt(AesKey const& key, apdu::ByteSpan blocks) override {
        return is_broken() ? failure() : cipher_.encrypt(key, blocks);
    }
    CipherResult<apdu::Done> decrypt(AesKey const& key, apdu::ByteSpan blocks) override {
        return is_broken() ? failure() : cipher_.decrypt(key, blocks);
    }

    [[nodiscard]] bool has_failed() const { return has_failed_; }
    void break_after(unsigned works) { works_ = works; }

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

    AesCipher& cipher_;
    unsigned works_;
    bool has_failed_ = false;
};

} // namespace keys
