#include "apdu/pps.hpp"

namespace apdu {
namespace {

constexpr std::uint8_t ppss = 0xFF;
constexpr std::uint8_t pps1_bit = 0x10;
constexpr std::uint8_t pps2_bit = 0x20;
constexpr std::uint8_t pps3_bit = 0x40;
constexpr std::uint8_t reserved_bit = 0x80;
constexpr std::uint8_t protocol_mask = 0x0F;
constexpr std::uint8_t no_protocol = 15; ///< T=15 qualifies interface bytes
constexpr std::size_t fixed_size = 3;    ///< PPSS, PPS0, PCK

std::uint8_t sum_of(ByteView bytes) {
    std::uint8_t sum = 0;
    for (std::uint8_t const byte : bytes) {
        sum = static_cast<std::uint8_t>(sum ^ byte);
    }
    return sum;
}

} // namespace

std::size_t pps_size(ByteView first_two) {
    require(first_two.size() >= 2);
    std::size_t size = fixed_size;
    for (std::uint8_t const bit : {pps1_bit, pps2_bit, pps3_bit}) {
        size += (first_two[1] & bit) != 0 ? 1U : 0U;
    }
    return size;
}

std::size_t Pps::encode(std::span<std::uint8_t, pps_size_max> out) const {
    require(protocol < no_protocol);
    std::size_t size = 2;
    out[0] = ppss;
    out[1] = protocol;
    auto const add = [&out, &size](std::optional<std::uint8_t> value, std::uint8_t bit) {
        if (value) {
            out[1] = static_cast<std::uint8_t>(out[1] | bit);
            out[size++] = *value;
        }
    };
    add(pps1, pps1_bit);
    add(pps2, pps2_bit);
    add(reserved, pps3_bit);
    out[size] = sum_of(out.first(size));
    return size + 1;
}

Result<Pps> Pps::parse(ByteView bytes) {
    if (bytes.size() < 2) {
        return Error::truncated;
    }
    if (bytes.size() != pps_size(bytes)) {
        return bytes.size() < pps_size(bytes) ? Error::truncated : Error::trailing_bytes;
    }
    Pps pps{static_cast<std::uint8_t>(bytes[1] & protocol_mask)};
    bool const is_right = bytes[0] == ppss && (bytes[1] & reserved_bit) == 0 &&
                          pps.protocol != no_protocol && sum_of(bytes) == 0;
    if (!is_right) {
        return Error::malformed;
    }
    std::size_t at = 2;
    auto const take = [bytes, &at](std::uint8_t bit) {
        bool const is_there = (bytes[1] & bit) != 0;
        return is_there ? std::optional{bytes[at++]} : std::nullopt;
    };
    pps.pps1 = take(pps1_bit);
    pps.pps2 = take(pps2_bit);
    pps.reserved = take(pps3_bit);
    return pps;
}

bool is_agreed(Pps const& request, Pps const& answer) {
    auto const is_as_asked = [](auto const& asked, auto const& got) {
        return !got || got == asked;
    };
    return answer.protocol == request.protocol && is_as_asked(request.pps1, answer.pps1) &&
           is_as_asked(request.pps2, answer.pps2) && !answer.reserved;
}

} // namespace apdu
