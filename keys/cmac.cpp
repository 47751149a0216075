#include "keys/cmac.hpp"

namespace keys {
namespace {

/// The subkey after `block`: twice it in GF(2^128). SP 800-38B §6.1.
void double_block(AesBlock& block) {
    constexpr unsigned polynomial = 0x87;
    unsigned const carried_out = block[0] >> 7U;
    for (std::size_t i = 0; i + 1 < block.size(); ++i) {
        block[i] = static_cast<std::uint8_t>((unsigned{block[i]} << 1U) | (block[i + 1] >> 7U));
    }
    unsigned const reduction = (0U - carried_out) & polynomial;
    block.back() = static_cast<std::uint8_t>((unsigned{block.back()} << 1U) ^ reduction);
}

void add_bytes(apdu::ByteView bytes, AesBlock& block) {
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        block[i] ^= bytes[i];
    }
}

} // namespace

CipherResult<AesBlock> cmac(AesCipher& cipher, AesKey const& key, apdu::ByteView message) {
    AesBlock subkey{};
    auto const made = cipher.encrypt(key, subkey);
    if (!made.ok()) {
        return made.error();
    }
    AesBlock state{};
    while (message.size() > aes_block_size) {
        add_bytes(message.first(aes_block_size), state);
        auto const chained = cipher.encrypt(key, state);
        if (!chained.ok()) {
            wipe(subkey);
            return chained.error();
        }
        message = message.subspan(aes_block_size);
    }
    double_block(subkey);
    if (message.size() < aes_block_size) {
        double_block(subkey);
        state[message.size()] ^= 0x80;
    }
    add_bytes(message, state);
    add_bytes(subkey, state);
    wipe(subkey);
    auto const ended = cipher.encrypt(key, state);
    if (!ended.ok()) {
        return ended.error();
    }
    return state;
}

} // namespace keys
