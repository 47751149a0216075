#include "keys/diversification.hpp"

namespace keys {
namespace {

constexpr std::uint8_t zhejiang = 0x33;

constexpr std::uint8_t high_digit(std::uint8_t bcd) {
    return static_cast<std::uint8_t>('0' + (bcd >> 4U));
}

constexpr std::uint8_t low_digit(std::uint8_t bcd) {
    return static_cast<std::uint8_t>('0' + (bcd & 0x0FU));
}

} // namespace

Factor province_factor(std::array<std::uint8_t, 3> const& region) {
    return {high_digit(region[0]), low_digit(region[0]), '0', '0', '0', '0', 's', 'h'};
}

Factor city_factor(std::array<std::uint8_t, 3> const& region) {
    std::uint8_t const district = region[0] == zhejiang ? std::uint8_t{0x00} : region[2];
    return {high_digit(region[0]),
            low_digit(region[0]),
            high_digit(region[1]),
            low_digit(region[1]),
            high_digit(district),
            low_digit(district),
            's',
            'x'};
}

CipherResult<CardKey> diversify(BlockCipher& cipher, CardKey const& key,
                                std::span<std::uint8_t const, 8> factor) {
    std::array<std::uint8_t, key_size_max> bytes{};
    for (std::size_t i = 0; i < factor.size(); ++i) {
        bytes[i] = factor[i];
        bytes[i + factor.size()] = static_cast<std::uint8_t>(~factor[i]);
    }
    return cipher.derive(key, key.kind(), apdu::ByteView{bytes}.first(key.size()));
}

CipherResult<CardKey> diversify_to_card(BlockCipher& cipher, CardKey const& master, Tier tier,
                                        CardIdentity const& card) {
    CardKey key = master.duplicate();
    if (tier == Tier::ministry) {
        auto province = diversify(cipher, key, province_factor(card.region));
        if (!province.ok()) {
            return province.error();
        }
        key = std::move(province).value();
    }
    if (tier != Tier::city) {
        auto city = diversify(cipher, key, city_factor(card.region));
        if (!city.ok()) {
            return city.error();
        }
        key = std::move(city).value();
    }
    return diversify(cipher, key, card.factor().first<8>());
}

} // namespace keys
