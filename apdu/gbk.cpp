#include "apdu/gbk.hpp"

#include "apdu/gbk_tables.hpp"
#include "apdu/text_slice.hpp"
#include "apdu/utf8.hpp"

#include <algorithm>

namespace apdu {
namespace {

constexpr std::size_t code_size_max = 4;
constexpr std::uint32_t trail_count = 190; // second bytes of a code of two: 40 … FE without 7F
constexpr std::uint32_t lead_count = 126;  // first and third bytes: 81 … FE
constexpr std::uint32_t digit_count = 10;  // second and fourth bytes of a code of four: 30 … 39

/// A character's bytes on the card.
struct Code {
    std::uint8_t bytes[code_size_max];
    std::size_t size; ///< 1, 2 or 4
    [[nodiscard]] ByteView view() const { return ByteView{bytes}.first(size); }
};

constexpr std::uint8_t low_byte(std::uint32_t value) { return static_cast<std::uint8_t>(value); }

constexpr bool is_lead(std::uint8_t byte) { return byte >= 0x81 && byte <= 0xFE; }
constexpr bool is_trail(std::uint8_t byte) { return byte >= 0x40 && byte <= 0xFE && byte != 0x7F; }
constexpr bool is_digit(std::uint8_t byte) { return byte >= 0x30 && byte <= 0x39; }

Code code_of_two(std::uint32_t index) {
    std::uint32_t const trail = index % trail_count;
    std::uint32_t const after_7f = trail >= 0x3F ? 1U : 0U;
    return {{low_byte(0x81U + index / trail_count), low_byte(0x40U + trail + after_7f), 0, 0}, 2};
}

Code code_of_four(std::uint32_t index) {
    Code code{{0, 0, 0, low_byte(0x30U + index % digit_count)}, 4};
    index /= digit_count;
    code.bytes[2] = low_byte(0x81U + index % lead_count);
    index /= lead_count;
    code.bytes[1] = low_byte(0x30U + index % digit_count);
    code.bytes[0] = low_byte(0x81U + index / digit_count);
    return code;
}

bool is_in_gbk(std::uint32_t index) {
    return (gbk_tables::two_byte_is_gbk[index / 8] & (1U << (index % 8))) != 0;
}

/// The place of the character among the codes of two bytes.
Result<std::uint32_t> find_two_byte_index(char32_t code_point) {
    auto const& order = gbk_tables::two_byte_order;
    auto const code_point_at = [](std::uint16_t index) {
        return gbk_tables::two_byte_code_points[index];
    };
    auto const found = std::ranges::lower_bound(order, code_point, {}, code_point_at);
    if (found == order.end() || code_point_at(*found) != code_point) {
        return Error::not_encodable;
    }
    return std::uint32_t{*found};
}

/// The run of four-byte codes that the code point would stand in: the last that starts before it.
Result<std::uint32_t> find_four_byte_index(char32_t code_point) {
    auto const& runs = gbk_tables::four_byte_runs;
    auto const after =
        std::ranges::upper_bound(runs, code_point, {}, &gbk_tables::Run::first_code_point);
    if (after == runs.begin()) {
        return Error::not_encodable;
    }
    gbk_tables::Run const& run = *(after - 1);
    std::uint32_t const distance = code_point - run.first_code_point;
    if (distance >= run.count) {
        return Error::not_encodable;
    }
    return run.first_index + distance;
}

Result<Code> encode(char32_t code_point, TextProfile profile) {
    if (code_point < 0x80) {
        return Code{{low_byte(code_point), 0, 0, 0}, 1};
    }
    Result<std::uint32_t> const two = find_two_byte_index(code_point);
    if (two.ok() && (profile == TextProfile::gb18030 || is_in_gbk(two.value()))) {
        return code_of_two(two.value());
    }
    if (profile == TextProfile::gbk) {
        return Error::not_encodable;
    }
    Result<std::uint32_t> const four = find_four_byte_index(code_point);
    if (!four.ok()) {
        return four.error();
    }
    return code_of_four(four.value());
}

/// A character read from the card, and how many bytes it took.
struct Decoded {
    char32_t code_point;
    std::size_t size;
};

Result<Decoded> decode_four(ByteView bytes) {
    if (bytes.size() < 4 || !is_lead(bytes[2]) || !is_digit(bytes[3])) {
        return Error::bad_encoding;
    }
    std::uint32_t index = (bytes[0] - 0x81U) * digit_count + (bytes[1] - 0x30U);
    index = index * lead_count + (bytes[2] - 0x81U);
    index = index * digit_count + (bytes[3] - 0x30U);
    for (gbk_tables::Run const& run : gbk_tables::four_byte_runs) {
        if (index >= run.first_index && index - run.first_index < run.count) {
            return Decoded{run.first_code_point + (index - run.first_index), 4};
        }
    }
    return Error::bad_encoding;
}

/// The first character of `bytes`, which is not empty.
Result<Decoded> decode(ByteView bytes) {
    if (bytes[0] < 0x80) {
        return Decoded{bytes[0], 1};
    }
    if (!is_lead(bytes[0]) || bytes.size() < 2) {
        return Error::bad_encoding;
    }
    if (is_digit(bytes[1])) {
        return decode_four(bytes);
    }
    if (!is_trail(bytes[1])) {
        return Error::bad_encoding;
    }
    std::uint32_t const after_7f = bytes[1] > 0x7F ? 1U : 0U;
    std::uint32_t const index = (bytes[0] - 0x81U) * trail_count + (bytes[1] - 0x40U) - after_7f;
    return Decoded{gbk_tables::two_byte_code_points[index], 2};
}

/// Bytes that `utf8` takes on the card.
Result<std::size_t> card_size(std::string_view utf8, TextProfile profile) {
    std::size_t size = 0;
    while (!utf8.empty()) {
        Result<Utf8Character> const character = first_utf8_character(utf8);
        if (!character.ok()) {
            return character.error();
        }
        Result<Code> const code = encode(character.value().code_point, profile);
        if (!code.ok()) {
            return code.error();
        }
        size += code.value().size;
        utf8.remove_prefix(character.value().size);
    }
    return size;
}

/// Bytes of UTF-8 that `bytes` take.
Result<std::size_t> utf8_size_of(ByteView bytes) {
    std::size_t size = 0;
    while (!bytes.empty()) {
        Result<Decoded> const character = decode(bytes);
        if (!character.ok()) {
            return character.error();
        }
        size += utf8_size(character.value().code_point);
        bytes = bytes.subspan(character.value().size);
    }
    return size;
}

} // namespace

Result<std::size_t> utf8_to_card_text(std::string_view utf8, TextProfile profile, ByteSpan out) {
    Result<std::size_t> const size = card_size(utf8, profile);
    if (!size.ok()) {
        return size.error();
    }
    if (size.value() > out.size()) {
        return Error::buffer_too_small;
    }
    while (!utf8.empty()) {
        Utf8Character const character = first_utf8_character(utf8).value();
        Code const code = encode(character.code_point, profile).value();
        copy_bytes(code.view(), out);
        out = out.subspan(code.size);
        utf8.remove_prefix(character.size);
    }
    return size.value();
}

Result<std::size_t> card_text_to_utf8(ByteView bytes, std::span<char> out) {
    Result<std::size_t> const size = utf8_size_of(bytes);
    if (!size.ok()) {
        return size.error();
    }
    if (size.value() > out.size()) {
        return Error::buffer_too_small;
    }
    while (!bytes.empty()) {
        Decoded const character = decode(bytes).value();
        out = out.subspan(write_utf8(character.code_point, out));
        bytes = bytes.subspan(character.size);
    }
    return size.value();
}

std::string_view first_not_encodable(std::string_view utf8, TextProfile profile) {
    while (!utf8.empty()) {
        Result<Utf8Character> const character = first_utf8_character(utf8);
        if (!character.ok()) {
            return {};
        }
        if (!encode(character.value().code_point, profile).ok()) {
            return slice(utf8, 0, character.value().size);
        }
        utf8.remove_prefix(character.value().size);
    }
    return {};
}

} // namespace apdu
