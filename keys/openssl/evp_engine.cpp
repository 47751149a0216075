#include "keys/openssl/evp_engine.hpp"

#include <openssl/evp.h>

namespace keys::openssl {

void EvpEngine::ContextDeleter::operator()(evp_cipher_ctx_st* context) const {
    EVP_CIPHER_CTX_free(context);
}

void EvpEngine::CipherDeleter::operator()(evp_cipher_st* cipher) const { EVP_CIPHER_free(cipher); }

EvpEngine::EvpEngine(char const* name, Direction direction, std::size_t key_size)
    : key_size_{key_size}, cipher_{EVP_CIPHER_fetch(nullptr, name, nullptr)},
      context_{EVP_CIPHER_CTX_new()} {
    int const encrypts = direction == Direction::encrypt ? 1 : 0;
    bool const ready =
        cipher_ != nullptr && context_ != nullptr &&
        EVP_CipherInit_ex2(context_.get(), cipher_.get(), nullptr, nullptr, encrypts, nullptr) ==
            1 &&
        EVP_CIPHER_CTX_get_key_length(context_.get()) == static_cast<int>(key_size) &&
        EVP_CIPHER_CTX_set_padding(context_.get(), 0) == 1;
    if (!ready) {
        context_.reset();
    }
}

bool EvpEngine::set_key(apdu::ByteView key, apdu::ByteView initial) {
    apdu::require(key.size() == key_size_);
    // No cipher and -1: both stay what they were when the engine was made.
    return context_ != nullptr &&
           EVP_CipherInit_ex2(context_.get(), nullptr, key.data(),
                              initial.empty() ? nullptr : initial.data(), -1, nullptr) == 1;
}

bool EvpEngine::run(apdu::ByteView in, apdu::ByteSpan out) {
    apdu::require(in.size() <= out.size());
    int written = 0;
    auto const size = static_cast<int>(in.size());
    return EVP_CipherUpdate(context_.get(), out.data(), &written, in.data(), size) == 1 &&
           written == size;
}

} // namespace keys::openssl
