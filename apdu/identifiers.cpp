#include "apdu/identifiers.hpp"

#include "apdu/packed_bcd.hpp"
#include "apdu/text_slice.hpp"

namespace apdu {
namespace {

// 应用标识符, the middle part of a card id. card.md §2.1.
constexpr auto application_identifier = std::to_array<std::uint8_t>({0xD1, 0x56, 0x00, 0x00, 0x05});
constexpr std::size_t application_identifier_at = 3;

constexpr std::size_t card_number_body_size = 8;
// C9 = 11 - sum mod 11: 10 is written X, 11 is written 0. card.md §2.2.
constexpr auto card_number_weights = std::to_array<unsigned>({3, 7, 9, 10, 5, 8, 4, 2});
constexpr std::string_view card_number_check_of_remainder = "0X987654321";

constexpr std::size_t id_number_body_size = 17;
// GB 11643; card.md §2.3.
constexpr auto id_number_weights =
    std::to_array<unsigned>({7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2});
constexpr std::string_view id_number_check_of_remainder = "10X98765432";

constexpr unsigned checked_modulus = 11;

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

constexpr bool is_packed_bcd(ByteView bytes) {
    for (std::uint8_t const byte : bytes) {
        if ((byte >> 4U) > 9 || (byte & 0x0FU) > 9) {
            return false;
        }
    }
    return true;
}

/// A digit counts as itself, a capital as A = 10 … Z = 35.
constexpr unsigned value_of(char c) {
    return is_digit(c) ? static_cast<unsigned>(c - '0') : static_cast<unsigned>(c - 'A') + 10U;
}

/// The weighted sum of `body` modulo 11.
constexpr unsigned remainder_of(std::string_view body, std::span<unsigned const> weights) {
    unsigned sum = 0;
    for (std::size_t i = 0; i < body.size(); ++i) {
        sum += value_of(body[i]) * weights[i];
    }
    return sum % checked_modulus;
}

constexpr bool is_leap_year(unsigned year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

constexpr unsigned days_in_month(unsigned year, unsigned month) {
    constexpr auto days = std::to_array<unsigned>({31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31});
    return month == 2 && is_leap_year(year) ? 29U : days[month - 1];
}

/// The number that these decimal digits write.
constexpr unsigned number_of(std::string_view digits) {
    unsigned number = 0;
    for (char const c : digits) {
        number = number * 10U + value_of(c);
    }
    return number;
}

} // namespace

Result<CardId> CardId::parse(ByteView value) {
    CardId id{};
    if (value.size() != id.bytes.size()) {
        return value.size() < id.bytes.size() ? Error::too_short : Error::too_long;
    }
    copy_bytes(value, id.bytes);
    if (!is_packed_bcd(id.region())) {
        return Error::not_digits;
    }
    if (!equal_bytes(value.subspan(application_identifier_at, application_identifier.size()),
                     application_identifier)) {
        return Error::malformed;
    }
    return id;
}

std::array<std::uint8_t, 12> card_id_first_parts(std::span<std::uint8_t const, 3> region,
                                                 std::span<std::uint8_t const, 4> serial) {
    std::array<std::uint8_t, 12> parts{};
    ByteSpan const out{parts};
    copy_bytes(region, out);
    copy_bytes(application_identifier, out.subspan(application_identifier_at));
    copy_bytes(serial, out.subspan(application_identifier_at + application_identifier.size()));
    return parts;
}

Result<char> card_number_check(std::string_view body) {
    if (body.size() != card_number_body_size) {
        return body.size() < card_number_body_size ? Error::too_short : Error::too_long;
    }
    for (char const c : body) {
        if (!is_digit(c) && !is_capital(c)) {
            return Error::malformed;
        }
    }
    if (!is_capital(body[0])) {
        return Error::malformed;
    }
    return card_number_check_of_remainder[remainder_of(body, card_number_weights)];
}

Result<Done> check_card_number(std::string_view number) {
    constexpr std::size_t size = card_number_body_size + 1;
    if (number.size() != size) {
        return number.size() < size ? Error::too_short : Error::too_long;
    }
    Result<char> const check = card_number_check(slice(number, 0, card_number_body_size));
    if (!check.ok()) {
        return check.error();
    }
    if (number.back() != check.value()) {
        return Error::wrong_check_digit;
    }
    return Done{};
}

Result<char> id_number_check(std::string_view body) {
    if (body.size() != id_number_body_size) {
        return body.size() < id_number_body_size ? Error::too_short : Error::too_long;
    }
    if (!is_all_digits(body)) {
        return Error::not_digits;
    }
    return id_number_check_of_remainder[remainder_of(body, id_number_weights)];
}

Result<Done> check_id_number(std::string_view number) {
    constexpr std::size_t size = id_number_body_size + 1;
    if (number.size() != size) {
        return number.size() < size ? Error::too_short : Error::too_long;
    }
    Result<char> const check = id_number_check(slice(number, 0, id_number_body_size));
    if (!check.ok()) {
        return check.error();
    }
    if (!is_digit(number.back()) && number.back() != 'X') {
        return Error::not_digits;
    }
    if (!is_calendar_date(slice(number, 6, 8))) {
        return Error::impossible_date;
    }
    if (number.back() != check.value()) {
        return Error::wrong_check_digit;
    }
    return Done{};
}

IdNumberParts parts_of_id_number(std::string_view number) {
    require(check_id_number(number).ok());
    bool const is_male = value_of(number[16]) % 2 == 1;
    return IdNumberParts{slice(number, 0, 6), slice(number, 6, 8), is_male ? '1' : '2'};
}

bool is_calendar_date(std::string_view yyyymmdd) {
    if (yyyymmdd.size() != 8 || !is_all_digits(yyyymmdd)) {
        return false;
    }
    unsigned const year = number_of(slice(yyyymmdd, 0, 4));
    unsigned const month = number_of(slice(yyyymmdd, 4, 2));
    unsigned const day = number_of(slice(yyyymmdd, 6, 2));
    if (year < 1800 || month < 1 || month > 12) {
        return false;
    }
    return day >= 1 && day <= days_in_month(year, month);
}

} // namespace apdu
