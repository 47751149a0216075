#pragma once

#include "keys/mbedtls/mbedtls_signature.hpp"

#include <map>
#include <tuple>

namespace terminal {

/// The back end of terminals, which checks no signature twice: tests start the same images
/// thousands of times.
class RememberedSignature final : public keys::ImageSignature {
public:
    void begin_digest() override { back_end_.begin_digest(); }
    void add_to_digest(apdu::ByteView bytes) override { back_end_.add_to_digest(bytes); }
    keys::Sha256Digest end_digest() override { return back_end_.end_digest(); }
    bool is_signed(keys::ImagePublicKey const& key, keys::Sha256Digest const& digest,
                   keys::ImageSignatureBytes const& signature) override {
        static std::map<
            std::tuple<keys::ImagePublicKey, keys::Sha256Digest, keys::ImageSignatureBytes>, bool>
            answers;
        auto const [answer, is_new] = answers.try_emplace({key, digest, signature}, false);
        if (is_new) {
            answer->second = back_end_.is_signed(key, digest, signature);
        }
        return answer->second;
    }

private:
    keys::mbedtls::MbedtlsSignature back_end_;
};

} // namespace terminal
