#include "apdu/ber_tlv.hpp"

namespace apdu {
namespace {

constexpr std::size_t tag_size_max = 3;
constexpr std::size_t ber_value_size_max = 0xFFFF; ///< what a length field of 3 bytes can say

constexpr bool more_tag_bytes_follow_first(std::uint8_t first) { return (first & 0x1FU) == 0x1FU; }
constexpr bool more_tag_bytes_follow(std::uint8_t later) { return (later & 0x80U) != 0; }

/// A number read from the front of some bytes, and how many bytes it took.
struct Field {
    std::uint32_t number;
    std::size_t size;
};

/// Errors: truncated, malformed.
Result<Field> read_tag(ByteView bytes) {
    if (bytes.empty()) {
        return Error::truncated;
    }
    Field tag{bytes[0], 1};
    bool more = more_tag_bytes_follow_first(bytes[0]);
    while (more) {
        if (tag.size == tag_size_max) {
            return Error::malformed;
        }
        if (tag.size == bytes.size()) {
            return Error::truncated;
        }
        std::uint8_t const byte = bytes[tag.size];
        tag = Field{(tag.number << 8U) | byte, tag.size + 1};
        more = more_tag_bytes_follow(byte);
    }
    return tag;
}

/// Errors: truncated, malformed.
Result<Field> read_length(ByteView bytes) {
    if (bytes.empty()) {
        return Error::truncated;
    }
    std::uint8_t const first = bytes[0];
    if (first < 0x80) {
        return Field{first, 1};
    }
    if (first != 0x81 && first != 0x82) {
        return Error::malformed; // 80 is the indefinite form
    }
    std::size_t const size = 1U + (first & 0x7FU);
    if (bytes.size() < size) {
        return Error::truncated;
    }
    std::uint32_t number = 0;
    for (std::uint8_t const byte : bytes.subspan(1, size - 1)) {
        number = (number << 8U) | byte;
    }
    return Field{number, size};
}

constexpr std::size_t size_of_tag(std::uint32_t tag) {
    if (tag <= 0xFF) {
        return 1;
    }
    return tag <= 0xFFFF ? 2 : 3;
}

constexpr std::size_t size_of_length(std::size_t length) {
    if (length < 0x80) {
        return 1;
    }
    return length <= 0xFF ? 2 : 3;
}

/// True when read_tag() would give this tag back.
bool is_well_formed(std::uint32_t tag) {
    if (tag == 0 || tag > 0xFFFFFF) {
        return false;
    }
    std::size_t const size = size_of_tag(tag);
    std::uint8_t bytes[tag_size_max] = {};
    for (std::size_t i = 0; i < size; ++i) {
        bytes[i] = static_cast<std::uint8_t>(tag >> (8U * (size - 1 - i)));
    }
    Result<Field> const read = read_tag(ByteView{bytes}.first(size));
    return read.ok() && read.value().size == size;
}

/// Writes the low `size` bytes of `number`, the most significant first.
void write_number(std::size_t number, std::size_t size, ByteSpan out) {
    for (std::size_t i = 0; i < size; ++i) {
        out[i] = static_cast<std::uint8_t>(number >> (8U * (size - 1 - i)));
    }
}

} // namespace

bool BerTlvReader::at_end() {
    while (!rest_.empty() && rest_[0] == 0x00) {
        rest_ = rest_.subspan(1);
    }
    return rest_.empty();
}

Result<BerTlv> BerTlvReader::next() {
    if (at_end()) {
        return Error::not_found;
    }
    Result<Field> const tag = read_tag(rest_);
    if (!tag.ok()) {
        return tag.error();
    }
    ByteView const after_tag = rest_.subspan(tag.value().size);
    Result<Field> const length = read_length(after_tag);
    if (!length.ok()) {
        return length.error();
    }
    ByteView const after_length = after_tag.subspan(length.value().size);
    if (after_length.size() < length.value().number) {
        return Error::truncated;
    }
    BerTlv const object{tag.value().number, after_length.first(length.value().number)};
    rest_ = after_length.subspan(object.value.size());
    return object;
}

Result<ByteView> find_ber_tlv(ByteView bytes, std::uint32_t tag) {
    BerTlvReader reader{bytes};
    while (true) {
        Result<BerTlv> const object = reader.next();
        if (!object.ok()) {
            return object.error(); // not_found at the end of the bytes
        }
        if (object.value().tag == tag) {
            return object.value().value;
        }
    }
}

Result<std::size_t> write_ber_tlv(std::uint32_t tag, ByteView value, ByteSpan out) {
    require(is_well_formed(tag));
    require(value.size() <= ber_value_size_max);
    std::size_t const tag_size = size_of_tag(tag);
    std::size_t const length_size = size_of_length(value.size());
    std::size_t const size = tag_size + length_size + value.size();
    if (out.size() < size) {
        return Error::buffer_too_small;
    }
    write_number(tag, tag_size, out);
    ByteSpan const length = out.subspan(tag_size);
    if (length_size == 1) {
        length[0] = static_cast<std::uint8_t>(value.size());
    } else {
        length[0] = static_cast<std::uint8_t>(0x80U + length_size - 1U);
        write_number(value.size(), length_size - 1, length.subspan(1));
    }
    copy_bytes(value, length.subspan(length_size));
    return size;
}

} // namespace apdu
