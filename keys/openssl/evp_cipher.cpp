#include "keys/openssl/evp_cipher.hpp"

#include <openssl/evp.h>

#include <algorithm>

namespace keys::openssl {
namespace {

/// Bytes that one step of a chain takes: more is done in several.
constexpr std::size_t chain_step_max = 256;

CipherResult<apdu::Done> done_if(bool well) {
    if (!well) {
        return CipherError::back_end_failed;
    }
    return apdu::Done{};
}

bool set_key(EVP_CIPHER_CTX* context, CardKey const& key, std::uint8_t const* initial) {
    // No cipher and -1: both stay what they were when the engine was made.
    return context != nullptr && EVP_CipherInit_ex2(context, nullptr, key.expose_whole().data(),
                                                    initial, -1, nullptr) == 1;
}

bool run(EVP_CIPHER_CTX* context, apdu::ByteView in, std::uint8_t* out) {
    int written = 0;
    auto const size = static_cast<int>(in.size());
    return EVP_CipherUpdate(context, out, &written, in.data(), size) == 1 && written == size;
}

CipherResult<apdu::Done> run_blocks(EVP_CIPHER_CTX* context, CardKey const& key,
                                    apdu::ByteSpan blocks) {
    apdu::require(blocks.size() % block_size(key.kind()) == 0);
    return done_if(set_key(context, key, nullptr) && run(context, blocks, blocks.data()));
}

} // namespace

void EvpCipher::ContextDeleter::operator()(evp_cipher_ctx_st* context) const {
    EVP_CIPHER_CTX_free(context);
}

void EvpCipher::CipherDeleter::operator()(evp_cipher_st* cipher) const { EVP_CIPHER_free(cipher); }

EvpCipher::Engine EvpCipher::make_engine(char const* name, bool encrypts) {
    Engine engine{Cipher{EVP_CIPHER_fetch(nullptr, name, nullptr)}, Context{EVP_CIPHER_CTX_new()}};
    bool const ready =
        engine.cipher != nullptr && engine.context != nullptr &&
        EVP_CipherInit_ex2(engine.context.get(), engine.cipher.get(), nullptr, nullptr,
                           encrypts ? 1 : 0, nullptr) == 1 &&
        EVP_CIPHER_CTX_get_key_length(engine.context.get()) == static_cast<int>(key_size_max) &&
        EVP_CIPHER_CTX_set_padding(engine.context.get(), 0) == 1;
    if (!ready) {
        engine.context.reset();
    }
    return engine;
}

EvpCipher::Engines EvpCipher::make_engines(char const* block_mode, char const* chain_mode) {
    return {make_engine(block_mode, true), make_engine(block_mode, false),
            make_engine(chain_mode, true)};
}

EvpCipher::EvpCipher()
    : des_{make_engines("DES-EDE-ECB", "DES-EDE-CBC")}, sm4_{make_engines("SM4-ECB", "SM4-CBC")} {}

EvpCipher::~EvpCipher() = default;

EvpCipher::Engines& EvpCipher::engines_of(CardKey const& key) {
    return key.kind() == CipherKind::sm4 ? sm4_ : des_;
}

CipherResult<apdu::Done> EvpCipher::encrypt(CardKey const& key, apdu::ByteSpan blocks) {
    return run_blocks(engines_of(key).encrypt.context.get(), key, blocks);
}

CipherResult<apdu::Done> EvpCipher::decrypt(CardKey const& key, apdu::ByteSpan blocks) {
    return run_blocks(engines_of(key).decrypt.context.get(), key, blocks);
}

CipherResult<apdu::Done> EvpCipher::chain(CardKey const& key, apdu::ByteSpan state,
                                          apdu::ByteView blocks) {
    std::size_t const block = block_size(key.kind());
    apdu::require(state.size() == block && blocks.size() % block == 0);
    EVP_CIPHER_CTX* const context = engines_of(key).chain.context.get();
    if (!set_key(context, key, state.data())) {
        return CipherError::back_end_failed;
    }
    std::array<std::uint8_t, chain_step_max> encrypted{};
    bool well = true;
    while (well && !blocks.empty()) {
        apdu::ByteView const step = blocks.first(std::min(blocks.size(), encrypted.size()));
        well = run(context, step, encrypted.data());
        apdu::copy_bytes(apdu::ByteView{encrypted}.subspan(step.size() - block, block), state);
        blocks = blocks.subspan(step.size());
    }
    wipe(encrypted);
    return done_if(well);
}

} // namespace keys::openssl
