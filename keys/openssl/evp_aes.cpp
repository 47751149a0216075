#include "keys/openssl/evp_aes.hpp"

namespace keys::openssl {
namespace {

CipherResult<apdu::Done> run_aes(EvpEngine& engine, AesKey const& key, apdu::ByteSpan blocks) {
    apdu::require(blocks.size() % aes_block_size == 0);
    if (!engine.set_key(key.expose()) || !engine.run(blocks, blocks)) {
        return CipherError::back_end_failed;
    }
    return apdu::Done{};
}

} // namespace

EvpAes::Engines::Engines(char const* name, AesSize size)
    : encrypt{name, EvpEngine::Direction::encrypt, bytes_of(size)},
      decrypt{name, EvpEngine::Direction::decrypt, bytes_of(size)} {}

EvpAes::EvpAes()
    : aes128_{"AES-128-ECB", AesSize::aes128}, aes192_{"AES-192-ECB", AesSize::aes192},
      aes256_{"AES-256-ECB", AesSize::aes256} {}

EvpAes::Engines& EvpAes::engines_of(AesKey const& key) {
    switch (key.aes_size()) {
    case AesSize::aes128:
        return aes128_;
    case AesSize::aes192:
        return aes192_;
    case AesSize::aes256:
        break;
    }
    return aes256_;
}

CipherResult<apdu::Done> EvpAes::encrypt(AesKey const& key, apdu::ByteSpan blocks) {
    return run_aes(engines_of(key).encrypt, key, blocks);
}

CipherResult<apdu::Done> EvpAes::decrypt(AesKey const& key, apdu::ByteSpan blocks) {
    return run_aes(engines_of(key).decrypt, key, blocks);
}

} // namespace keys::openssl
