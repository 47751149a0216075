#include "tests/host/personalization/office.hpp"

#include "host/personalization/person_record.hpp"

#include <gtest/gtest.h>

namespace personalization {
namespace {

/// One way to spoil Zhang San's record, and what must be said of it.
struct Malformed {
    std::string_view name;
    std::string_view from; ///< this text of the record …
    std::string_view to;   ///< … becomes this
    std::string_view where;
    std::string_view code;
    std::string_view detail; ///< is in the detail
};

constexpr auto malformed = std::to_array<Malformed>({
    {"WrongCheckDigit", "110101190001010014", "110101190001010015",
     "/holder_basic_data/social_security_number", "wrong_check_digit", "should be 4"},
    {"ShortIdNumber", "110101190001010014", "11010119000101001",
     "/holder_basic_data/social_security_number", "too_short", "18 characters"},
    {"IdNumberWithoutADay", "110101190001010014", "110101190002300015",
     "/holder_basic_data/social_security_number", "impossible_date", "calendar"},
    {"WrongCardNumberCheck", "A0000002X", "A00000021", "/issuer_data/card_number",
     "wrong_check_digit", "should be X"},
    {"ShortCardNumber", "A0000002X", "A000002X", "/issuer_data/card_number", "too_short",
     "9 characters"},
    {"ImpossibleDate", "\"2034-01-01\"", "\"2033-02-29\"", "/issuer_data/expiry_date",
     "impossible_date", "2033-02-29"},
    {"NoDate", "\"2034-01-01\"", "\"soon\"", "/issuer_data/expiry_date", "malformed", "soon"},
    {"ExpiryBeforeIssue", "\"2034-01-01\"", "\"2024-01-01\"", "/issuer_data/expiry_date",
     "expiry_before_issue", "20240101"},
    {"BirthAfterIssue", "\"1900-01-01\"", "\"2024-06-01\"", "/holder_basic_data/birth_date",
     "birth_after_issue", "20240601"},
    {"BirthDateOtherThanTheNumbers", "\"1900-01-01\"", "\"1900-01-02\"",
     "/holder_basic_data/birth_date", "birth_date_mismatch", "19000101"},
    {"SexOtherThanTheNumbers", "\"sex\": \"1\"", "\"sex\": \"2\"", "/holder_basic_data/sex",
     "sex_mismatch", "says 1"},
    {"SexOutsideItsTable", "\"sex\": \"1\"", "\"sex\": \"3\"", "/holder_basic_data/sex",
     "not_in_code_table", "1, 2, 9"},
    {"UnknownEthnicGroup", "\"ethnic_group\": \"01\"", "\"ethnic_group\": \"57\"",
     "/holder_basic_data/ethnic_group", "not_in_code_table", "57"},
    {"NameThatCannotBeEncoded", "张三", "张𠮷", "/holder_basic_data/name", "not_encodable",
     "U+20BB7"},
    {"NameWithAControlCharacter", "张三", "张\\u0007三", "/holder_basic_data/name",
     "control_character", "U+0007"},
    {"NameOfNothing", "张三", "", "/holder_basic_data/name", "missing", "empty"},
    {"NameOfSpaces", "张三", "  ", "/holder_basic_data/name", "missing", "empty"},
    {"UnknownItem", "\"sex\"", "\"gender\"", "/holder_basic_data/gender", "unknown_item", "sex"},
    {"UnknownFile", "\"issuer_data\"", "\"issuer\"", "/issuer", "unknown_file", "issuer_data"},
    {"MissingItem", "\"card_class\": \"3\", ", "", "/issuer_data/card_class", "missing", "类别"},
    {"NumberInsteadOfText", "\"sex\": \"1\"", "\"sex\": 1", "/holder_basic_data/sex", "wrong_type",
     "quotes"},
    {"NullInsteadOfText", "\"sex\": \"1\"", "\"sex\": null", "/holder_basic_data/sex", "wrong_type",
     "quotes"},
    {"ArrayInsteadOfText", "\"sex\": \"1\"", "\"sex\": [\"1\"]", "/holder_basic_data/sex",
     "wrong_type", "quotes"},
    {"DuplicateKey", "\"sex\": \"1\"", "\"sex\": \"1\", \"sex\": \"1\"", "/holder_basic_data/sex",
     "duplicate_key", "twice"},
    {"LettersInDigits", "\"110101\"", "\"11O101\"", "/holder_basic_data/birth_place", "not_digits",
     "11O101"},
    {"TooFewDigits", "\"110101\"", "\"1101\"", "/holder_basic_data/birth_place", "too_short",
     "6 digits"},
});

class MalformedRecord : public testing::TestWithParam<Malformed> {};

INSTANTIATE_TEST_SUITE_P(PersonRecord, MalformedRecord, testing::ValuesIn(malformed),
                         [](auto const& test) { return std::string{test.param.name}; });

std::string spoiled(Malformed const& how) {
    std::string json{zhang_san};
    std::size_t const at = json.find(how.from);
    if (at == std::string::npos) {
        throw std::runtime_error{"nothing to spoil"};
    }
    return json.replace(at, how.from.size(), how.to);
}

bool has(std::vector<session::Problem> const& problems, Malformed const& expected) {
    for (session::Problem const& problem : problems) {
        if (problem.where == expected.where && problem.code == expected.code &&
            problem.detail.find(expected.detail) != std::string::npos) {
            return true;
        }
    }
    return false;
}

std::string listed(std::vector<session::Problem> const& problems) {
    std::string text;
    for (session::Problem const& problem : problems) {
        text += problem.where + " " + problem.code + " " + problem.detail + "\n";
    }
    return text;
}

TEST_P(MalformedRecord, IsRefusedWithPlaceCodeAndDetail) {
    CheckedRecord const checked = PersonRecord::check(spoiled(GetParam()), apdu::TextProfile::gbk);
    EXPECT_FALSE(checked.record.has_value());
    EXPECT_TRUE(has(checked.problems, GetParam())) << listed(checked.problems);
}

/// A member that is added to Zhang San's record, and what must be said of it.
struct Added {
    std::string_view name;
    std::string_view member;
    std::string_view where;
    std::string_view code;
};

std::string big_photo() {
    return "\"photo\": \"/9j/" + std::string(5464, 'A') + "\""; // 4101 bytes
}

class AddedMember : public testing::TestWithParam<Added> {};

INSTANTIATE_TEST_SUITE_P(
    PersonRecord, AddedMember,
    testing::Values(
        Added{"PhotoThatIsNoImage", R"("photo": "AQIDBA==")", "/photo", "image_format"},
        Added{"PhotoThatIsNoBase64", R"("photo": "/9j/4")", "/photo", "not_base64"},
        Added{"PhotoThatIsAnObject", R"("photo": {})", "/photo", "wrong_type"},
        Added{"RecordsInATransparentFile", R"("reserved_1": [])", "/reserved_1", "wrong_type"},
        Added{"FileThatIsNoObject", R"("residence": "here")", "/residence", "wrong_type"},
        Added{"TextTooLong", R"("nationality": {"nationality": "CHNX"})",
              "/nationality/nationality", "too_long"},
        Added{"LettersOutsideAscii", R"("residence": {"phone": "一三八"})", "/residence/phone",
              "not_encodable"},
        Added{"OneValueWhereSeveralGo", R"("education": {"degree": {"school": "x"}})",
              "/education/degree", "wrong_type"},
        Added{"TooManyOfAnItem", R"("education": {"degree": [{}, {}, {}, {}]})",
              "/education/degree", "too_many"},
        Added{"TextForAConstructedItem", R"("education": {"degree": ["x"]})", "/education/degree/0",
              "wrong_type"},
        Added{"UnknownPart", R"("education": {"degree": [{}, {"colour": "x"}]})",
              "/education/degree/1/colour", "unknown_item"},
        Added{"ImpossibleDateInAPart",
              R"("employment_assistance": {"assistance": [{"date": "2023-02-29"}]})",
              "/employment_assistance/assistance/0/date", "impossible_date"},
        Added{"CyclicFileThatIsNoArray", R"("employment_history": {})", "/employment_history",
              "wrong_type"},
        Added{"CyclicRecordThatIsNoObject", R"("employment_history": ["x"])",
              "/employment_history/0", "wrong_type"},
        Added{"UnknownFieldOfACyclicRecord", R"("employment_history": [{"boss": "x"}])",
              "/employment_history/0/boss", "unknown_item"},
        Added{"TooManyCyclicRecords", R"("employment_history": [{}, {}, {}, {}, {}])",
              "/employment_history", "too_many"},
        Added{"FileThatOnlyTheCardWrites", R"("medical_transactions": [])", "/medical_transactions",
              "not_writable"},
        Added{"FileOfTheOperatingSystem", R"("medical_amounts": "")", "/medical_amounts",
              "not_writable"}),
    [](auto const& test) { return std::string{test.param.name}; });

std::string with_member(std::string_view member) {
    std::string json{zhang_san};
    json.pop_back();
    return json + ", " + std::string{member} + "}";
}

TEST_P(AddedMember, IsRefusedWithPlaceAndCode) {
    CheckedRecord const checked =
        PersonRecord::check(with_member(GetParam().member), apdu::TextProfile::gbk);
    EXPECT_FALSE(checked.record.has_value());
    ASSERT_EQ(checked.problems.size(), 1U) << listed(checked.problems);
    EXPECT_EQ(checked.problems[0].where, GetParam().where);
    EXPECT_EQ(checked.problems[0].code, GetParam().code);
}

TEST(PersonRecordFaults, APhotoOverItsFileIsTooLong) {
    CheckedRecord const checked =
        PersonRecord::check(with_member(big_photo()), apdu::TextProfile::gbk);
    ASSERT_EQ(checked.problems.size(), 1U);
    EXPECT_EQ(checked.problems[0].code, "too_long");
    EXPECT_EQ(checked.problems[0].detail, "4101 bytes, at most 4096");
}

TEST(PersonRecordFaults, ALongNameAndAnExtensionAreOneTooMany) {
    std::string json{zhang_san};
    json.replace(json.find("张三"), std::string{"张三"}.size(),
                 "阿卜杜热合曼阿卜杜热合曼阿卜杜热\", \"name_extension\": \"合曼");
    CheckedRecord const checked = PersonRecord::check(json, apdu::TextProfile::gbk);
    ASSERT_EQ(checked.problems.size(), 1U);
    EXPECT_EQ(checked.problems[0].where, "/holder_basic_data/name_extension");
    EXPECT_EQ(checked.problems[0].code, "name_given_twice");
}

TEST(PersonRecordFaults, EveryFaultIsListedAtOnce) {
    CheckedRecord const checked = PersonRecord::check(R"({
        "issuer_data": {"card_class": "7", "issue_date": "2024-13-01", "expiry_date": "2034-01-01",
                        "card_number": "A00000021"},
        "holder_basic_data": {"social_security_number": "110101190001010014", "name": "张𠮷",
                              "sex": "2", "birth_date": "1900-01-02"},
        "hobbies": {}})",
                                                      apdu::TextProfile::gbk);
    std::vector<std::string> codes;
    for (session::Problem const& problem : checked.problems) {
        codes.push_back(problem.code);
    }
    std::sort(codes.begin(), codes.end());
    EXPECT_EQ(codes, (std::vector<std::string>{"birth_date_mismatch", "impossible_date",
                                               "not_encodable", "not_in_code_table", "sex_mismatch",
                                               "unknown_file", "wrong_check_digit"}));
}

TEST(PersonRecordFaults, TextThatIsNoObjectIsRefused) {
    EXPECT_EQ(PersonRecord::check("[]", apdu::TextProfile::gbk).problems.at(0).code, "wrong_type");
    EXPECT_EQ(PersonRecord::check("", apdu::TextProfile::gbk).problems.at(0).code, "not_json");
}

} // namespace
} // namespace personalization
