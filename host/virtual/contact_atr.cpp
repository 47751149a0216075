#include "host/virtual/contact_atr.hpp"

#include "apdu/require.hpp"

namespace virtual_card {
namespace {

constexpr std::uint8_t ts_inverse = 0x3F;
constexpr std::uint8_t ts_direct = 0x3B;
constexpr std::uint8_t ta1_bit = 0x10;
constexpr std::uint8_t td1_bit = 0x80;
constexpr std::uint8_t count_mask = 0x0F;
constexpr std::uint8_t t1_interface = 0xE0; // TB1, TC1, TD1
constexpr std::uint8_t t1_td2 = 0x31;       // TA3, TB3; T=1
constexpr std::uint8_t tc3_bit = 0x40;
constexpr std::uint8_t tc3_crc = 0x01;
// BWI 4, CWI 13: a stream has no timing, and its characters may come with long gaps.
constexpr std::uint8_t t1_waiting = 0x4D;

Bytes t0_atr(apdu::ByteView own, ContactSettings const& settings) {
    Bytes atr{own.begin(), own.end()};
    if (settings.ta1) {
        atr[1] |= ta1_bit;
        atr.insert(atr.begin() + 2, *settings.ta1);
    }
    return atr;
}

Bytes t1_atr(apdu::ByteView own, ContactSettings const& settings) {
    std::size_t const count = own[1] & count_mask;
    bool const has_crc = settings.t1.code == BlockCode::crc;
    unsigned const ta1 = settings.ta1 ? ta1_bit : 0U;
    Bytes atr{ts_direct, static_cast<std::uint8_t>(t1_interface | ta1 | count)};
    if (settings.ta1) {
        atr.push_back(*settings.ta1);
    }
    auto const td2 = static_cast<std::uint8_t>(t1_td2 | (has_crc ? tc3_bit : 0U));
    Bytes const rest{0x18, 0x00, 0x81, td2, settings.t1.ifsc, t1_waiting};
    atr.insert(atr.end(), rest.begin(), rest.end());
    if (has_crc) {
        atr.push_back(tc3_crc);
    }
    auto const historical = own.last(count);
    atr.insert(atr.end(), historical.begin(), historical.end());
    std::uint8_t tck = 0;
    for (std::size_t i = 1; i < atr.size(); ++i) {
        tck ^= atr[i];
    }
    atr.push_back(tck);
    return atr;
}

std::uint8_t mirrored(std::uint8_t byte) {
    unsigned out = 0;
    for (unsigned bit = 0; bit < 8; ++bit) {
        out = (out << 1U) | ((byte >> bit) & 1U);
    }
    return static_cast<std::uint8_t>(out);
}

} // namespace

Bytes contact_atr(apdu::ByteView own, ContactSettings const& settings) {
    apdu::require(own.size() >= 2 && (own[1] & (ta1_bit | td1_bit)) == 0);
    Bytes atr =
        settings.protocol == ContactProtocol::t1 ? t1_atr(own, settings) : t0_atr(own, settings);
    if (settings.convention == ContactConvention::inverse) {
        atr[0] = ts_inverse;
    }
    return atr;
}

LineCharacter turned(LineCharacter character, ContactConvention convention) {
    if (convention == ContactConvention::direct) {
        return character;
    }
    return {mirrored(static_cast<std::uint8_t>(~character.value)), !character.is_parity_wrong};
}

} // namespace virtual_card
