#include "keys/record_bytes.hpp"

namespace keys {

void put_32(std::uint32_t value, apdu::ByteSpan out) {
    apdu::require(out.size() >= 4);
    for (unsigned i = 0; i < 4; ++i) {
        out[i] = static_cast<std::uint8_t>(value >> (8 * i));
    }
}

std::uint32_t get_32(apdu::ByteView bytes) {
    apdu::require(bytes.size() >= 4);
    std::uint32_t value = 0;
    for (unsigned i = 0; i < 4; ++i) {
        value |= static_cast<std::uint32_t>(bytes[i]) << (8 * i);
    }
    return value;
}

std::uint32_t crc_32(std::uint32_t crc, apdu::ByteView bytes) {
    for (std::uint8_t const byte : bytes) {
        crc ^= byte;
        for (unsigned bit = 0; bit < 8; ++bit) {
            crc = (crc >> 1U) ^ (0xEDB88320U & (0U - (crc & 1U)));
        }
    }
    return crc;
}

RecordWord checksum_word(std::uint32_t crc) {
    RecordWord word{};
    put_32(crc, word);
    put_32(~crc, apdu::ByteSpan{word}.subspan(4));
    return word;
}

} // namespace keys
