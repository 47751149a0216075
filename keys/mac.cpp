#include "keys/mac.hpp"

namespace keys {
namespace {

Mac fold(CipherKind kind, apdu::ByteView last_block) {
    Mac mac{};
    std::size_t const counted = kind == CipherKind::sm4 ? last_block.size() : mac.size();
    for (std::size_t i = 0; i < counted; ++i) {
        mac[i % mac.size()] ^= last_block[i];
    }
    return mac;
}

CardKey chain_key(CardKey const& key) {
    if (key.kind() == CipherKind::des3) {
        return CardKey{CipherKind::des, key.expose().first(key_size(CipherKind::des))};
    }
    return CardKey{key.kind(), key.expose()};
}

} // namespace

CipherResult<Mac> mac(BlockCipher& cipher, CardKey const& key, apdu::ByteView message,
                      apdu::ByteView initial) {
    std::size_t const size = block_size(key.kind());
    apdu::require(initial.size() <= size);
    std::array<std::uint8_t, block_size_max> state_bytes{};
    apdu::copy_bytes(initial, state_bytes);
    apdu::ByteSpan const state = apdu::ByteSpan{state_bytes}.first(size);

    std::size_t const whole = message.size() / size * size;
    auto const chained = cipher.chain(chain_key(key), state, message.first(whole));
    if (!chained.ok()) {
        return chained.error();
    }
    std::array<std::uint8_t, block_size_max> last{};
    apdu::copy_bytes(message.subspan(whole), last);
    last[message.size() - whole] = 0x80;
    auto const ended = cipher.chain(key, state, apdu::ByteView{last}.first(size));
    if (!ended.ok()) {
        return ended.error();
    }
    Mac const code = fold(key.kind(), state);
    wipe(state_bytes); // the part that is not sent
    return code;
}

} // namespace keys
