#include "apdu/item_form.hpp"

#include "apdu/identifiers.hpp"
#include "apdu/packed_bcd.hpp"
#include "apdu/text_slice.hpp"

#include <limits>

namespace apdu {
namespace {

constexpr std::string_view date_pattern = "0000-00-00";
constexpr std::string_view date_time_pattern = "0000-00-00T00:00:00";
constexpr std::size_t date_digits = 8;
constexpr std::size_t date_time_digits = 14;
constexpr std::size_t number_size_max = 8;
constexpr std::size_t decimal_digits_max = 20; // of a number of 8 bytes

/// The text's digits, when it is `size` digits or follows `pattern`, in which 0 is any digit.
Result<DigitForm> read_pattern(std::string_view text, std::string_view pattern, std::size_t size) {
    bool const is_plain = text.size() == size;
    if (!is_plain && text.size() != pattern.size()) {
        return Error::malformed;
    }
    DigitForm form{};
    for (std::size_t i = 0; i < text.size(); ++i) {
        bool const is_digit = text[i] >= '0' && text[i] <= '9';
        if (is_plain || pattern[i] == '0') {
            if (!is_digit) {
                return Error::malformed;
            }
            form.digits[form.size] = text[i];
            ++form.size;
        } else if (text[i] != pattern[i]) {
            return Error::malformed;
        }
    }
    return form;
}

/// "hhmmss" as a clock shows it.
bool is_time(std::string_view hhmmss) {
    return slice(hhmmss, 0, 2) <= "23" && hhmmss[2] <= '5' && hhmmss[4] <= '5';
}

bool is_date_time(std::string_view digits) {
    return is_calendar_date(slice(digits, 0, date_digits)) &&
           is_time(slice_from(digits, date_digits));
}

Result<std::size_t> write_text(std::string_view text, std::span<char> out) {
    if (text.size() > out.size()) {
        return Error::buffer_too_small;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        out[i] = text[i];
    }
    return text.size();
}

/// Writes the digits into the places of `pattern` that hold 0.
Result<std::size_t> write_pattern(std::string_view digits, std::string_view pattern,
                                  std::span<char> out) {
    if (pattern.size() > out.size()) {
        return Error::buffer_too_small;
    }
    std::size_t next = 0;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        out[i] = pattern[i] == '0' ? digits[next++] : pattern[i];
    }
    return pattern.size();
}

/// 0…15, or 16 for what is no hex digit.
unsigned hex_value_of(char c) {
    if (c >= '0' && c <= '9') {
        return static_cast<unsigned>(c - '0');
    }
    if (c >= 'A' && c <= 'F') {
        return static_cast<unsigned>(c - 'A') + 10U;
    }
    if (c >= 'a' && c <= 'f') {
        return static_cast<unsigned>(c - 'a') + 10U;
    }
    return 16U;
}

} // namespace

Result<DigitForm> read_date(std::string_view text) {
    Result<DigitForm> form = read_pattern(text, date_pattern, date_digits);
    if (form.ok() && !is_calendar_date(form.value().view())) {
        return Error::impossible_date;
    }
    return form;
}

Result<DigitForm> read_date_time(std::string_view text) {
    Result<DigitForm> form = read_pattern(text, date_time_pattern, date_time_digits);
    if (form.ok() && !is_date_time(form.value().view())) {
        return Error::impossible_date;
    }
    return form;
}

Result<std::size_t> tell_date(std::string_view digits, std::span<char> out) {
    return is_calendar_date(digits) ? write_pattern(digits, date_pattern, out)
                                    : write_text(digits, out);
}

Result<std::size_t> tell_date_time(std::string_view digits, std::span<char> out) {
    bool const is_moment = digits.size() == date_time_digits && is_date_time(digits);
    return is_moment ? write_pattern(digits, date_time_pattern, out) : write_text(digits, out);
}

Result<Done> encode_number(std::string_view decimal, ByteSpan out) {
    require(out.size() <= number_size_max);
    if (!is_all_digits(decimal)) {
        return Error::not_digits;
    }
    std::size_t const unused_bits = 8 * (number_size_max - out.size());
    constexpr std::uint64_t widest = std::numeric_limits<std::uint64_t>::max();
    std::uint64_t const largest = out.empty() ? 0 : widest >> unused_bits;
    std::uint64_t number = 0;
    for (char const c : decimal) {
        auto const digit = static_cast<std::uint64_t>(c - '0');
        if (number > (largest - digit) / 10 || digit > largest) {
            return Error::too_long;
        }
        number = number * 10 + digit;
    }
    for (std::size_t i = out.size(); i > 0; --i) {
        out[i - 1] = static_cast<std::uint8_t>(number);
        number >>= 8U;
    }
    return Done{};
}

Result<std::size_t> decode_number(ByteView value, std::span<char> out) {
    if (value.size() > number_size_max) {
        return Error::too_long;
    }
    std::uint64_t number = 0;
    for (std::uint8_t const byte : value) {
        number = (number << 8U) | byte;
    }
    char digits[decimal_digits_max];
    std::size_t at = decimal_digits_max;
    do {
        --at;
        digits[at] = static_cast<char>('0' + number % 10);
        number /= 10;
    } while (number > 0);
    return write_text({digits + at, decimal_digits_max - at}, out);
}

Result<std::size_t> read_hex(std::string_view hex, ByteSpan out) {
    for (char const c : hex) {
        if (hex_value_of(c) > 15) {
            return Error::malformed;
        }
    }
    if (hex.size() % 2 != 0) {
        return Error::malformed;
    }
    std::size_t const size = hex.size() / 2;
    if (size > out.size()) {
        return Error::too_long;
    }
    for (std::size_t i = 0; i < size; ++i) {
        out[i] = static_cast<std::uint8_t>((hex_value_of(hex[2 * i]) << 4U) |
                                           hex_value_of(hex[2 * i + 1]));
    }
    return size;
}

Result<Done> encode_opaque(std::string_view hex, ByteSpan out) {
    Result<std::size_t> const size = read_hex(hex, out);
    if (!size.ok()) {
        return size.error();
    }
    for (std::uint8_t& byte : out.subspan(size.value())) {
        byte = 0;
    }
    return Done{};
}

Result<std::size_t> write_hex(ByteView bytes, std::span<char> out) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    if (2 * bytes.size() > out.size()) {
        return Error::buffer_too_small;
    }
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        out[2 * i] = digits[bytes[i] >> 4U];
        out[2 * i + 1] = digits[bytes[i] & 0xFU];
    }
    return 2 * bytes.size();
}

} // namespace apdu
