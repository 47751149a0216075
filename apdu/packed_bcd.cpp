#include "apdu/packed_bcd.hpp"

namespace apdu {
namespace {

constexpr std::uint8_t filler = 0xF;

/// The `index`-th nibble, the high one of the first byte first.
constexpr std::uint8_t nibble_at(ByteView packed, std::size_t index) {
    unsigned const byte = packed[index / 2];
    return static_cast<std::uint8_t>(index % 2 == 0 ? byte >> 4U : byte & 0x0FU);
}

} // namespace

Result<Done> pack_digits(std::string_view digits, ByteSpan out) {
    if (!is_all_digits(digits)) {
        return Error::not_digits;
    }
    if (digits.size() > 2 * out.size()) {
        return Error::too_long;
    }
    auto const nibble_of = [digits](std::size_t index) {
        return index < digits.size() ? static_cast<unsigned>(digits[index] - '0')
                                     : unsigned{filler};
    };
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i] = static_cast<std::uint8_t>((nibble_of(2 * i) << 4U) | nibble_of(2 * i + 1));
    }
    return Done{};
}

Result<std::size_t> unpack_digits(ByteView packed, std::span<char> out) {
    std::size_t count = 2 * packed.size();
    while (count > 0 && nibble_at(packed, count - 1) == filler) {
        --count;
    }
    for (std::size_t i = 0; i < count; ++i) {
        if (nibble_at(packed, i) > 9) {
            return Error::not_digits;
        }
    }
    if (count > out.size()) {
        return Error::buffer_too_small;
    }
    for (std::size_t i = 0; i < count; ++i) {
        out[i] = static_cast<char>('0' + nibble_at(packed, i));
    }
    return count;
}

bool is_all_digits(std::string_view text) {
    for (char const c : text) {
        if (c < '0' || c > '9') {
            return false;
        }
    }
    return true;
}

} // namespace apdu
