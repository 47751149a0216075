#include "keys/mac.hpp"

namespace keys {
namespace {

/// Bytes of a message that go into one chain: a short command with room for its padding.
constexpr std::size_t chained_at_once_max = 272;

Mac fold(CipherKind kind, apdu::ByteView last_block) {
    Mac mac{};
    std::size_t const counted = kind == CipherKind::sm4 ? last_block.size() : mac.size();
    for (std::size_t i = 0; i < counted; ++i) {
        mac[i % mac.size()] ^= last_block[i];
    }
    return mac;
}

/// The message in one chain from `state`, which has the last block afterwards.
CipherResult<apdu::Done> chain_all(BlockCipher& cipher, CardKey const& key, apdu::ByteSpan state,
                                   apdu::ByteView message) {
    std::size_t const size = state.size();
    std::size_t const whole = message.size() / size * size;
    std::array<std::uint8_t, chained_at_once_max> padded{};
    std::size_t const at_once = message.size() < padded.size() ? whole : 0;
    if (at_once < whole) {
        auto const chained = cipher.chain(key, state, message.first(whole));
        if (!chained.ok()) {
            return chained.error();
        }
        message = message.subspan(whole);
    }
    apdu::copy_bytes(message, padded);
    padded[message.size()] = 0x80;
    return cipher.chain(key, state, apdu::ByteView{padded}.first(at_once + size));
}

/// All blocks but the last with the left half of the key alone.
CipherResult<apdu::Done> chain_by_halves(BlockCipher& cipher, CardKey const& key,
                                         apdu::ByteSpan state, apdu::ByteView message) {
    std::size_t const size = state.size();
    std::size_t const whole = message.size() / size * size;
    CardKey const half{CipherKind::des, key.expose().first(key_size(CipherKind::des))};
    auto const chained = cipher.chain(half, state, message.first(whole));
    if (!chained.ok()) {
        return chained.error();
    }
    return chain_all(cipher, key, state, message.subspan(whole));
}

} // namespace

CipherResult<Mac> mac(BlockCipher& cipher, CardKey const& key, apdu::ByteView message,
                      apdu::ByteView initial) {
    std::size_t const size = block_size(key.kind());
    apdu::require(initial.size() <= size);
    std::array<std::uint8_t, block_size_max> state_bytes{};
    apdu::copy_bytes(initial, state_bytes);
    apdu::ByteSpan const state = apdu::ByteSpan{state_bytes}.first(size);
    auto const chain = key.kind() == CipherKind::des3 ? chain_by_halves : chain_all;
    auto const chained = chain(cipher, key, state, message);
    if (!chained.ok()) {
        return chained.error();
    }
    Mac const code = fold(key.kind(), state);
    wipe(state_bytes); // the part that is not sent
    return code;
}

} // namespace keys
