#include "apdu/little_endian.hpp"

#include "apdu/require.hpp"

namespace apdu {

void put_32(std::uint32_t value, ByteSpan out) {
    require(out.size() >= 4);
    for (unsigned i = 0; i < 4; ++i) {
        out[i] = static_cast<std::uint8_t>(value >> (8 * i));
    }
}

std::uint32_t get_32(ByteView bytes) {
    require(bytes.size() >= 4);
    std::uint32_t value = 0;
    for (unsigned i = 0; i < 4; ++i) {
        value |= static_cast<std::uint32_t>(bytes[i]) << (8 * i);
    }
    return value;
}

} // namespace apdu
