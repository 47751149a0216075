#pragma once

#include "apdu/bytes.hpp"

#include <array>

namespace keys {

// What records in flash are made of, besides the numbers of apdu/little_endian.hpp: a checksum.

/// Bytes that a flash writes at once.
inline constexpr std::size_t record_word_size = 8;
using RecordWord = std::array<std::uint8_t, record_word_size>;

/// The register of crc_32() at first.
inline constexpr std::uint32_t crc_32_start = 0xFFFFFFFFU;
/// CRC-32 of ISO/IEC 3309: the register after these bytes too.
[[nodiscard]] std::uint32_t crc_32(std::uint32_t crc, apdu::ByteView bytes);
/// The word that says a checksum, in two forms.
[[nodiscard]] RecordWord checksum_word(std::uint32_t crc);

} // namespace keys
