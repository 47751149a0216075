#include "host/cli/problem_texts.hpp"

#include "host/cli/language.hpp"

#include <array>

namespace cli {
namespace {

constexpr auto texts = std::to_array<ProblemText>({
    // of requests
    {"missing", translatable("is missing")},
    {"wrong_type", translatable("is of the wrong kind")},
    {"out_of_range", translatable("is out of range")},
    {"unknown_value", translatable("is none of the known values")},
    {"unknown_member", translatable("is not known")},
    {"malformed", translatable("has the wrong form")},
    {"unsupported", translatable("is not supported")},
    {"not_this_card", translatable("is not what the card in the reader says of itself")},
    {"not_yours_to_set", translatable("is made with the card's structure and cannot be set")},
    // of people
    {"has_card", translatable("has a card: look it up with \"sscard card list\"")},
    // of JSON text
    {"not_json", translatable("is not JSON")},
    {"too_deep", translatable("is nested too deep")},
    {"duplicate_key", translatable("is given twice")},
    // of key files
    {"not_readable", translatable("cannot be read")},
    {"too_large", translatable("is too large")},
    {"missing_member", translatable("lacks a member")},
    {"unknown_key_name", translatable("is no key of a card")},
    {"unknown_algorithm", translatable("is none of 3DES, DES and SM4")},
    {"algorithm_refused", translatable("is an algorithm that is not public")},
    {"not_hex", translatable("is not pairs of hex digits")},
    {"wrong_length", translatable("has the wrong length")},
    {"wrong_version", translatable("is not 1, 2 or 3")},
    {"unknown_tier", translatable("is none of ministry, province and city")},
    {"duplicate", translatable("is there twice")},
    {"weak_key", translatable("keeps no secret, and the file is not marked as a test's")},
    {"no_keys", translatable("has no keys")},
    // of files and items
    {"unknown_file", translatable("is no file of the card")},
    {"unknown_item", translatable("is no item of the file")},
    {"unknown_occurrence", translatable("is not held so often by the file")},
    {"given_twice", translatable("is given twice")},
    {"parts_wanted", translatable("is a constructed item: give its parts")},
    {"text_wanted", translatable("is a simple item: give a value")},
    {"too_many", translatable("is given more often than the card holds it")},
    {"not_writable", translatable("may be written by nobody")},
    {"name_given_twice", translatable("the name extension is made from a long name by itself")},
    {"not_base64", translatable("is not base64")},
    {"image_format", translatable("is neither a JPEG nor a BMP picture")},
    // of values
    {"too_long", translatable("is too long")},
    {"too_short", translatable("is too short")},
    {"not_digits", translatable("has something else than digits")},
    {"impossible_date", translatable("is no day of the calendar")},
    {"not_in_code_table", translatable("is no code of the code table")},
    {"wrong_check_digit", translatable("has a wrong check character")},
    {"not_encodable", translatable("has a character that the card cannot hold")},
    {"bad_encoding", translatable("is not UTF-8 text")},
    {"control_character", translatable("has a control character")},
    // of values against each other
    {"birth_date_mismatch", translatable("is not the birth date in the ID number")},
    {"sex_mismatch", translatable("is not the sex in the ID number")},
    {"expiry_before_issue", translatable("expires before it is issued")},
    {"birth_after_issue", translatable("is born after the card is issued")},
    {"birth_place_mismatch", translatable("is not the region in the ID number")},
    {"sex_not_stated", translatable("the ID number tells the sex, the record does not")},
    {"look_alike_dot", translatable("has a dot that only looks like that of names")},
});

} // namespace

std::span<ProblemText const> problem_texts() { return texts; }

char const* find_problem_text(std::string_view code) {
    for (ProblemText const& text : texts) {
        if (text.code == code) {
            return text.text;
        }
    }
    return nullptr;
}

} // namespace cli
