#include "keys/pin_block.hpp"

#include "tests/fuzz/require_so.hpp"

#include "keys/openssl/evp_aes.hpp"

#include <algorithm>

namespace {

using keys::AesBlock;

constexpr std::array<std::uint8_t, 16> key_bytes{0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF,
                                                 0xFE, 0xDC, 0xBA, 0x98, 0x76, 0x54, 0x32, 0x10};

/// What ISO 9564-1 says of the first eight bytes of a PIN field, in other words than the code's.
bool is_pin_field(AesBlock const& field) {
    std::size_t const length = field[0] & 0x0F;
    if (field[0] >> 4 != 4 || length < 4 || length > 12) {
        return false;
    }
    for (std::size_t i = 0; i < 14; ++i) {
        int const nibble = i % 2 == 0 ? field[1 + i / 2] >> 4 : field[1 + i / 2] & 0x0F;
        if (i < length ? nibble > 9 : nibble != 0x0A) {
            return false;
        }
    }
    return true;
}

void encrypt(keys::AesCipher& cipher, keys::PinKey const& key, AesBlock& block) {
    require_so(cipher.encrypt(key, block).ok());
}

} // namespace

/// The first 8 bytes are a card, the next 16 a PIN field, encrypted here as a terminal would.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    static keys::openssl::EvpAes cipher;
    if (size < 8 + keys::aes_block_size) {
        return 0;
    }
    keys::PinKey const key{keys::AesSize::aes128, key_bytes};
    keys::Pan const pan = keys::card_pan(std::span{data, size}.first<8>());
    AesBlock field{};
    std::copy_n(data + 8, field.size(), field.begin());
    AesBlock block = field;
    encrypt(cipher, key, block);
    for (std::size_t i = 0; i < block.size(); ++i) {
        block[i] ^= pan.field()[i];
    }
    encrypt(cipher, key, block);

    auto const pin = keys::decrypt_pin_block(cipher, key, block, pan);
    require_so(pin.ok() == is_pin_field(field));
    if (pin.ok()) {
        auto const random = std::span{field}.last<8>();
        auto const again = keys::encrypt_pin_block(cipher, key, pin.value(), pan, random);
        require_so(again.ok() && again.value() == block);
    }
    return 0;
}
