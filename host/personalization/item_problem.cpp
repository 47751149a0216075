#include "host/personalization/item_problem.hpp"

#include "host/personalization/character_name.hpp"

#include "apdu/gbk.hpp"
#include "apdu/identifiers.hpp"
#include "apdu/item_codec.hpp"

#include <array>

namespace personalization {
namespace {

using apdu::Content;
using apdu::Error;

struct ErrorName {
    Error error;
    std::string_view name;
};

constexpr auto error_names = std::to_array<ErrorName>({
    {Error::too_long, "too_long"},
    {Error::too_short, "too_short"},
    {Error::malformed, "malformed"},
    {Error::not_digits, "not_digits"},
    {Error::impossible_date, "impossible_date"},
    {Error::not_in_code_table, "not_in_code_table"},
    {Error::wrong_check_digit, "wrong_check_digit"},
    {Error::not_encodable, "not_encodable"},
    {Error::bad_encoding, "bad_encoding"},
});

std::string quoted(std::string_view text) { return "\"" + std::string{text} + "\""; }

std::string bytes(std::size_t count) {
    return std::to_string(count) + (count == 1 ? " byte" : " bytes");
}

/// What an item takes, in words.
std::string fitting(apdu::Item const& item) {
    switch (item.content) {
    case Content::digits:
        return item.format == apdu::Format::cn ? std::to_string(item.size * 2) + " digits"
                                               : "at most " + std::to_string(item.size) + " digits";
    case Content::date:
        return "a date as 2024-01-31";
    case Content::date_time:
        return "a time as 2024-01-31T08:15:00";
    case Content::region:
        return "the 6 digits of a region, GB/T 2260";
    case Content::number:
        return "a decimal number of at most " + bytes(item.size);
    case Content::opaque:
        return std::to_string(item.size * 2) + " hex digits";
    case Content::id_number:
        return "18 characters, the last a check digit";
    case Content::card_number:
        return "9 characters, the last a check character";
    case Content::card_id:
        return "32 hex digits";
    case Content::spec_version:
        return "a version as 3.00";
    default:
        return "at most " + bytes(item.size);
    }
}

std::string check_digit_detail(apdu::Item const& item, std::string_view text) {
    std::string const start = quoted(text) + ": the last character ";
    if (item.content == Content::id_number && text.size() == 18) {
        auto const check = apdu::id_number_check(text.substr(0, 17));
        return check.ok() ? start + "should be " + check.value() : start + "is wrong";
    }
    if (item.content == Content::card_number && text.size() == 9) {
        auto const check = apdu::card_number_check(text.substr(0, 8));
        return check.ok() ? start + "should be " + check.value() : start + "is wrong";
    }
    return start + "is wrong";
}

std::string code_table_detail(apdu::Item const& item, std::string_view text) {
    if (item.code_table == apdu::CodeTable::none) {
        return quoted(text) + " is not " + fitting(item);
    }
    std::string detail = quoted(text) + " is none of ";
    std::string separator;
    for (std::string const& code : codes_of(item)) {
        detail += separator + code;
        separator = ", ";
    }
    return detail;
}

/// An item of letters, digits and signs was given something else.
std::string ascii_detail(std::string_view text) {
    std::string lost;
    for (std::string_view const character : characters_of(text)) {
        bool const is_ascii =
            character.size() == 1 && character.front() >= ' ' && character.front() <= '~';
        if (!is_ascii && lost.empty()) {
            lost = named_character(character);
        }
    }
    return lost + " is no letter, digit or sign of ASCII";
}

std::string encoding_detail(std::string_view text, apdu::TextProfile profile) {
    std::string_view const character = apdu::first_not_encodable(text, profile);
    if (character.empty()) {
        return ascii_detail(text);
    }
    std::string detail = named_character(character) + " cannot be written to the card";
    bool const gb18030_has_it =
        profile == apdu::TextProfile::gbk &&
        apdu::first_not_encodable(character, apdu::TextProfile::gb18030).empty();
    return gb18030_has_it ? detail + " under the text profile gbk; gb18030 has it" : detail;
}

std::size_t encoded_size(std::string_view text, apdu::TextProfile profile) {
    std::vector<std::uint8_t> buffer(text.size() * 2);
    auto const size = apdu::utf8_to_card_text(text, profile, buffer);
    return size.ok() ? size.value() : text.size();
}

std::string length_detail(apdu::Item const& item, std::string_view text,
                          apdu::TextProfile profile) {
    if (item.content == Content::text) {
        return bytes(encoded_size(text, profile)) + " on the card, " + fitting(item);
    }
    return quoted(text) + " does not fit: " + fitting(item);
}

} // namespace

std::string_view problem_code(apdu::Error error) {
    for (ErrorName const& row : error_names) {
        if (row.error == error) {
            return row.name;
        }
    }
    return "malformed";
}

session::Problem item_problem(std::string where, apdu::Item const& item, std::string_view text,
                              apdu::Error error, apdu::TextProfile profile) {
    std::string detail;
    switch (error) {
    case Error::wrong_check_digit:
        detail = check_digit_detail(item, text);
        break;
    case Error::not_in_code_table:
        detail = code_table_detail(item, text);
        break;
    case Error::not_encodable:
        detail = encoding_detail(text, profile);
        break;
    case Error::impossible_date:
        detail = quoted(text) + " is no day of the calendar";
        break;
    case Error::too_long:
    case Error::too_short:
        detail = length_detail(item, text, profile);
        break;
    default:
        detail = quoted(text) + " is not " + fitting(item);
        break;
    }
    return {std::move(where), std::string{problem_code(error)}, std::move(detail)};
}

Problems text_problems(std::string const& where, std::string_view text) {
    Problems problems;
    for (std::string_view const character : characters_of(text)) {
        if (is_control_character(character)) {
            problems.push_back(
                {where, "control_character", named_character(character) + " is not for cards"});
        }
    }
    return problems;
}

std::vector<std::string> codes_of(apdu::Item const& item) {
    std::vector<std::string> codes;
    if (item.code_table == apdu::CodeTable::none) {
        return codes;
    }
    std::size_t const digits_max =
        item.format == apdu::Format::cn ? std::size_t{item.size} * 2 : item.size;
    std::size_t end = 10;
    for (std::size_t digits = 1; digits <= digits_max; ++digits, end *= 10) {
        for (std::size_t number = 0; number < end; ++number) {
            std::string code = std::to_string(number);
            code.insert(0, digits - code.size(), '0');
            if (apdu::has_code(item.code_table, code)) {
                codes.push_back(std::move(code));
            }
        }
    }
    return codes;
}

} // namespace personalization
