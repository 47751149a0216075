#pragma once

#include "apdu/bytes.hpp"
#include "apdu/result.hpp"

namespace apdu {

/// One BER-TLV data object that borrows its value. ISO/IEC 7816-4:2020 §6.3; ISO/IEC 8825-1 for the
/// encoding.
struct BerTlv {
    std::uint32_t tag; ///< the tag's bytes as one number: 6F, 9F0C
    ByteView value;
    /// Bit 6 of the tag's first byte: the value is said to hold data objects itself.
    [[nodiscard]] constexpr bool is_constructed() const;
};

/// Reads objects one after the other from a value field.
class BerTlvReader {
public:
    explicit BerTlvReader(ByteView bytes) : rest_{bytes} {}

    /// Nothing left to read (padding bytes 00 between objects are skipped first).
    [[nodiscard]] bool at_end();
    /// The next object; its length may be in a longer form than it need be. Errors: not_found (at
    /// the end), truncated, malformed (a tag over 3 bytes, the indefinite length, a length field
    /// over 3 bytes). After an error the reader stays where it is.
    [[nodiscard]] Result<BerTlv> next();

private:
    ByteView rest_;
};

/// The first object with that tag directly in `bytes`. Errors: not_found, or those of next().
[[nodiscard]] Result<ByteView> find_ber_tlv(ByteView bytes, std::uint32_t tag);

/// Writes tag, length (shortest form) and value; returns bytes written. Error: buffer_too_small,
/// with `out` untouched. require: `tag` is a tag of 1 to 3 bytes, `value` has at most 65535 bytes.
[[nodiscard]] Result<std::size_t> write_ber_tlv(std::uint32_t tag, ByteView value, ByteSpan out);

constexpr bool BerTlv::is_constructed() const {
    std::uint32_t first = tag;
    while (first > 0xFF) {
        first >>= 8U;
    }
    return (first & 0x20U) != 0;
}

} // namespace apdu
