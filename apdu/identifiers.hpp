#pragma once

#include "apdu/bytes.hpp"
#include "apdu/result.hpp"

#include <array>
#include <string_view>

namespace apdu {

/// 卡的识别码, 16 bytes: region (3) ‖ D156000005 ‖ serial (4) ‖ authentication code (4). card.md
/// §2.1.
struct CardId {
    std::array<std::uint8_t, 16> bytes;
    [[nodiscard]] ByteView region() const { return ByteView{bytes}.first(3); }
    [[nodiscard]] ByteView serial() const { return ByteView{bytes}.subspan(8, 4); }
    [[nodiscard]] ByteView authentication_code() const { return ByteView{bytes}.subspan(12, 4); }

    /// Errors: too_short, too_long (not 16 bytes), not_digits (region), malformed (the application
    /// identifier). Whether the serial is that of the card's ATR is the caller's to compare.
    [[nodiscard]] static Result<CardId> parse(ByteView value);
};

/// The first 12 bytes of a card id: what its authentication code is made over.
[[nodiscard]] std::array<std::uint8_t, 12>
card_id_first_parts(std::span<std::uint8_t const, 3> region,
                    std::span<std::uint8_t const, 4> serial);

/// Check character of a card number's 8 body characters. card.md §2.2. Errors: too_short, too_long,
/// malformed (not digits and capitals, or the first no capital).
[[nodiscard]] Result<char> card_number_check(std::string_view body);

/// Checks a whole card number, 9 characters without the hyphen that people write. Errors: as above,
/// and wrong_check_digit.
[[nodiscard]] Result<Done> check_card_number(std::string_view number);

/// Check character of an ID number's 17 body digits, GB 11643. Errors: too_short, too_long,
/// not_digits.
[[nodiscard]] Result<char> id_number_check(std::string_view body);

/// Checks an ID number, 18 characters; a check character X is a capital. Errors: as above,
/// impossible_date, wrong_check_digit.
[[nodiscard]] Result<Done> check_id_number(std::string_view number);

/// What an ID number says of its holder. require: check_id_number() is ok.
struct IdNumberParts {
    std::string_view region;     ///< 6 digits
    std::string_view birth_date; ///< YYYYMMDD
    char sex;                    ///< '1' male, '2' female
};
[[nodiscard]] IdNumberParts parts_of_id_number(std::string_view number);

/// True for a day of the Gregorian calendar, "YYYYMMDD", years 1800…9999.
[[nodiscard]] bool is_calendar_date(std::string_view yyyymmdd);

} // namespace apdu
