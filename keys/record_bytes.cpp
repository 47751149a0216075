#include "keys/record_bytes.hpp"

#include "apdu/little_endian.hpp"

namespace keys {

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
    apdu::put_32(crc, word);
    apdu::put_32(~crc, apdu::ByteSpan{word}.subspan(4));
    return word;
}

} // namespace keys
