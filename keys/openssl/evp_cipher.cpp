#include "keys/openssl/evp_cipher.hpp"

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

CipherResult<apdu::Done> run_blocks(EvpEngine& engine, CardKey const& key, apdu::ByteSpan blocks) {
    apdu::require(blocks.size() % block_size(key.kind()) == 0);
    return done_if(engine.set_key(key.expose_whole()) && engine.run(blocks, blocks));
}

} // namespace

EvpCipher::Engines EvpCipher::make_engines(char const* block_mode, char const* chain_mode) {
    using Direction = EvpEngine::Direction;
    return {EvpEngine{block_mode, Direction::encrypt, key_size_max},
            EvpEngine{block_mode, Direction::decrypt, key_size_max},
            EvpEngine{chain_mode, Direction::encrypt, key_size_max}};
}

EvpCipher::EvpCipher()
    : des_{make_engines("DES-EDE-ECB", "DES-EDE-CBC")}, sm4_{make_engines("SM4-ECB", "SM4-CBC")} {}

EvpCipher::Engines& EvpCipher::engines_of(CardKey const& key) {
    return key.kind() == CipherKind::sm4 ? sm4_ : des_;
}

CipherResult<apdu::Done> EvpCipher::encrypt(CardKey const& key, apdu::ByteSpan blocks) {
    return run_blocks(engines_of(key).encrypt, key, blocks);
}

CipherResult<apdu::Done> EvpCipher::decrypt(CardKey const& key, apdu::ByteSpan blocks) {
    return run_blocks(engines_of(key).decrypt, key, blocks);
}

CipherResult<apdu::Done> EvpCipher::chain(CardKey const& key, apdu::ByteSpan state,
                                          apdu::ByteView blocks) {
    std::size_t const block = block_size(key.kind());
    apdu::require(state.size() == block && blocks.size() % block == 0);
    EvpEngine& engine = engines_of(key).chain;
    if (!engine.set_key(key.expose_whole(), state)) {
        return CipherError::back_end_failed;
    }
    std::array<std::uint8_t, chain_step_max> encrypted{};
    bool well = true;
    while (well && !blocks.empty()) {
        apdu::ByteView const step = blocks.first(std::min(blocks.size(), encrypted.size()));
        well = engine.run(step, encrypted);
        apdu::copy_bytes(apdu::ByteView{encrypted}.subspan(step.size() - block, block), state);
        blocks = blocks.subspan(step.size());
    }
    wipe(encrypted);
    return done_if(well);
}

} // namespace keys::openssl
