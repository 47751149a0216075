#include "apdu/item_codec.hpp"

#include "apdu/gbk.hpp"
#include "apdu/identifiers.hpp"
#include "apdu/item_form.hpp"
#include "apdu/packed_bcd.hpp"
#include "apdu/record.hpp"

namespace apdu {
namespace {

constexpr std::size_t item_size_max = 255;
constexpr std::size_t card_id_size = 16;

bool is_printable_ascii(char c) { return c >= ' ' && c <= '~'; }
bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7F'; }
bool is_capital_or_digit(char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

template <typename Predicate>
bool all_of(std::string_view text, Predicate holds) {
    for (char const c : text) {
        if (!holds(c)) {
            return false;
        }
    }
    return true;
}

/// The text's own characters as bytes, filled up with 00.
Result<Done> encode_ascii(std::string_view text, ByteSpan out) {
    if (!all_of(text, is_printable_ascii)) {
        return Error::not_encodable;
    }
    if (text.size() > out.size()) {
        return Error::too_long;
    }
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i] = i < text.size() ? static_cast<std::uint8_t>(text[i]) : std::uint8_t{0};
    }
    return Done{};
}

Result<Done> encode_text(std::string_view text, TextProfile profile, ByteSpan out) {
    for (char const c : text) {
        if (is_control(c)) {
            return Error::not_encodable;
        }
    }
    Result<std::size_t> const size = utf8_to_card_text(text, profile, out);
    if (!size.ok()) {
        return size.error() == Error::buffer_too_small ? Error::too_long : size.error();
    }
    for (std::uint8_t& byte : out.subspan(size.value())) {
        byte = 0;
    }
    return Done{};
}

Result<Done> encode_digits(Format format, std::string_view digits, ByteSpan out) {
    if (!is_all_digits(digits)) {
        return Error::not_digits;
    }
    return format == Format::cn ? pack_digits(digits, out) : encode_ascii(digits, out);
}

/// Digits that leave no nibble over.
Result<Done> encode_filling_digits(std::string_view digits, ByteSpan out) {
    if (is_all_digits(digits) && digits.size() < 2 * out.size()) {
        return Error::too_short;
    }
    return pack_digits(digits, out);
}

Result<Done> encode_code(Item const& item, std::string_view code, ByteSpan out) {
    if (!has_code(item.code_table, code)) {
        return Error::not_in_code_table;
    }
    return encode_digits(item.format, code, out);
}

Result<Done> encode_id_number(std::string_view text, ByteSpan out) {
    bool const is_assigned = text.front() >= 'A' && text.front() <= 'Z';
    if (is_assigned) {
        if (!all_of(text, is_capital_or_digit)) {
            return Error::malformed;
        }
        return encode_ascii(text, out);
    }
    Result<Done> const checked = check_id_number(text);
    if (!checked.ok()) {
        return checked.error();
    }
    return encode_ascii(text, out);
}

Result<Done> encode_card_number(std::string_view text, ByteSpan out) {
    Result<Done> const checked = check_card_number(text);
    if (!checked.ok()) {
        return checked.error();
    }
    return encode_ascii(text, out);
}

Result<Done> encode_card_id(std::string_view text, ByteSpan out) {
    std::uint8_t bytes[card_id_size];
    Result<std::size_t> const size = read_hex(text, bytes);
    if (!size.ok()) {
        return size.error();
    }
    Result<CardId> const id = CardId::parse(ByteView{bytes}.first(size.value()));
    if (!id.ok()) {
        return id.error();
    }
    copy_bytes(id.value().bytes, out);
    return Done{};
}

Result<Done> encode_spec_version(std::string_view text, ByteSpan out) {
    auto const version = spec_version_from_text(text);
    if (!version.has_value() || to_text(*version) != text) {
        return Error::not_in_code_table;
    }
    return encode_ascii(text, out);
}

Result<Done> encode_form(Result<DigitForm> const& form, ByteSpan out) {
    if (!form.ok()) {
        return form.error();
    }
    return pack_digits(form.value().view(), out);
}

/// Digits of a cn value or characters of an an value, without padding.
Result<std::size_t> decode_plain(Format format, ByteView value, std::span<char> out) {
    if (format == Format::cn) {
        return unpack_digits(value, out);
    }
    std::size_t size = 0;
    while (size < value.size() && value[size] != 0) {
        ++size;
    }
    return card_text_to_utf8(value.first(size), out);
}

/// Digits that may be a date or a moment are told in its form.
Result<std::size_t> decode_form(Content content, ByteView value, std::span<char> out) {
    char digits[2 * item_size_max];
    Result<std::size_t> const size = unpack_digits(value, digits);
    if (!size.ok()) {
        return size.error();
    }
    std::string_view const read{digits, size.value()};
    return content == Content::date ? tell_date(read, out) : tell_date_time(read, out);
}

/// Bytes in hex; nothing when all have the value that they have before personalization.
Result<std::size_t> decode_hex(ByteView value, std::uint8_t unpersonalized, std::span<char> out) {
    for (std::uint8_t const byte : value) {
        if (byte != unpersonalized) {
            return write_hex(value, out);
        }
    }
    return std::size_t{0};
}

void fill_unpersonalized(Item const& item, ByteSpan out) {
    for (std::uint8_t& byte : out) {
        byte = item.format == Format::cn ? 0xFF : 0x00;
    }
}

/// The value from a text that is not empty.
Result<Done> encode_content(Item const& item, std::string_view text, TextProfile profile,
                            ByteSpan out) {
    switch (item.content) {
    case Content::text:
        return encode_text(text, profile, out);
    case Content::digits:
        return encode_digits(item.format, text, out);
    case Content::fixed_digits:
    case Content::region:
        return encode_filling_digits(text, out);
    case Content::ascii:
        return encode_ascii(text, out);
    case Content::date:
        return encode_form(read_date(text), out);
    case Content::date_time:
        return encode_form(read_date_time(text), out);
    case Content::code:
        return encode_code(item, text, out);
    case Content::number:
        return encode_number(text, out);
    case Content::opaque:
        return encode_opaque(text, out);
    case Content::id_number:
        return encode_id_number(text, out);
    case Content::card_number:
        return encode_card_number(text, out);
    case Content::card_id:
        return encode_card_id(text, out);
    case Content::spec_version:
        return encode_spec_version(text, out);
    }
    return Error::malformed;
}

} // namespace

Result<Done> encode_item(Item const& item, std::string_view text, TextProfile profile,
                         ByteSpan out) {
    require(item.format != Format::tlv && out.size() == item.size);
    if (text.empty()) {
        fill_unpersonalized(item, out);
        return Done{};
    }
    return encode_content(item, text, profile, out);
}

Result<std::size_t> decode_item(Item const& item, ByteView value, std::span<char> out) {
    require(item.format != Format::tlv);
    if (value.size() > item_size_max) {
        return Error::too_long;
    }
    switch (item.content) {
    case Content::date:
    case Content::date_time:
        return decode_form(item.content, value, out);
    case Content::number:
        return decode_number(value, out);
    case Content::opaque:
        return decode_hex(value, 0x00, out);
    case Content::card_id:
        return decode_hex(value, 0xFF, out);
    default:
        return decode_plain(item.format, value, out);
    }
}

void unpersonalized_value(Item const& item, ByteSpan out) {
    require(out.size() == item.size);
    if (item.format != Format::tlv) {
        fill_unpersonalized(item, out);
        return;
    }
    for (Item const& part : item.parts) {
        out[0] = part.tag;
        out[1] = part.size;
        fill_unpersonalized(part, out.subspan(record_head_size, part.size));
        out = out.subspan(record_head_size + part.size);
    }
}

} // namespace apdu
