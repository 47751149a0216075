#include "tests/apdu/hex_bytes.hpp"
#include "tests/apdu/item_codec_calls.hpp"

namespace apdu {
namespace {

TEST(ItemCodecRefusal, ImpossibleDatesAreRefused) {
    for (char const* const date :
         {"2023-02-29", "1900-02-29", "2100-02-29", "2024-02-30", "2024-04-31", "2024-13-01",
          "2024-00-01", "2024-01-00", "20230229", "00000000"}) {
        EXPECT_EQ(refusal(holder("birth_date"), date), Error::impossible_date) << date;
    }
}

TEST(ItemCodecRefusal, ATimeThatNoClockShowsIsRefused) {
    Item const time = item_of("medical_transactions", "time");
    for (char const* const text : {"2024-01-01T24:00:00", "2024-01-01T23:60:00",
                                   "2024-01-01T23:59:60", "2023-02-29T00:00:00"}) {
        EXPECT_EQ(refusal(time, text), Error::impossible_date) << text;
    }
}

TEST(ItemCodecRefusal, AnotherFormOfADateIsMalformed) {
    for (char const* const date : {"2024/01/01", "2024-1-1", "01-01-2024", "2024-01-1x", "2024010",
                                   "2024年01月01日", "today"}) {
        EXPECT_EQ(refusal(holder("birth_date"), date), Error::malformed) << date;
    }
    Item const time = item_of("medical_transactions", "time");
    EXPECT_EQ(refusal(time, "2024-01-01 10:00:00"), Error::malformed);
    EXPECT_EQ(refusal(time, "2024-01-01"), Error::malformed);
}

TEST(ItemCodecRefusal, TextLongerThanItsItemIsTooLong) {
    EXPECT_EQ(refusal(holder("name"), std::string(31, 'A')), Error::too_long);
    EXPECT_EQ(refusal(holder("name"), "张张张张张张张张张张张张张张张三"), Error::too_long);
    EXPECT_EQ(refusal(item_of("residence", "phone"), std::string(16, '1')), Error::too_long);
}

TEST(ItemCodecRefusal, DigitsThatDoNotFitAreTooLong) {
    EXPECT_EQ(refusal(holder("birth_place"), "1101011"), Error::too_long);
    EXPECT_EQ(refusal(item_of("unemployment_insurance", "months_paid"), "1000"), Error::too_long);
    EXPECT_EQ(refusal(item_of("offline_settlement", "total_amount_fen"), "123456789"),
              Error::too_long);
    EXPECT_EQ(refusal(item_of("medical_transactions", "sequence"), "65536"), Error::too_long);
    EXPECT_EQ(refusal(item_of("medical_transactions", "sequence"), "99999999999999999999999999"),
              Error::too_long);
}

TEST(ItemCodecRefusal, DigitsThatMustFillTheirItemAreNotTooShort) {
    EXPECT_EQ(refusal(holder("birth_place"), "11010"), Error::too_short);
    EXPECT_EQ(refusal(issuer("initialising_body"), "9156000002"), Error::too_short);
    EXPECT_EQ(refusal(holder("social_security_number"), "11010119000101001"), Error::too_short);
    EXPECT_EQ(refusal(issuer("card_number"), "A0000001"), Error::too_short);
    EXPECT_EQ(refusal(issuer("card_id"), "639900D1560000"), Error::too_short);
}

TEST(ItemCodecRefusal, OtherThanDigitsIsRefusedWhereOnlyDigitsFit) {
    EXPECT_EQ(refusal(holder("birth_place"), "11O101"), Error::not_digits);
    EXPECT_EQ(refusal(issuer("initialising_body"), "91560000026399006399 001"), Error::not_digits);
    EXPECT_EQ(refusal(item_of("unemployment_insurance", "months_paid"), "1x"), Error::not_digits);
    EXPECT_EQ(refusal(item_of("medical_transactions", "sequence"), "-1"), Error::not_digits);
    EXPECT_EQ(refusal(holder("social_security_number"), "11010119000101001x"), Error::not_digits);
}

TEST(ItemCodecRefusal, WrongCheckDigitsAreRefused) {
    EXPECT_EQ(refusal(holder("social_security_number"), "110101190001010015"),
              Error::wrong_check_digit);
    EXPECT_EQ(refusal(issuer("card_number"), "A00000012"), Error::wrong_check_digit);
}

TEST(ItemCodecRefusal, AnIdNumberOfADayThatNeverWasIsRefused) {
    EXPECT_EQ(refusal(holder("social_security_number"), "110101190002300019"),
              Error::impossible_date);
}

TEST(ItemCodecRefusal, CodesOutsideTheirTableAreRefused) {
    EXPECT_EQ(refusal(holder("sex"), "3"), Error::not_in_code_table);
    EXPECT_EQ(refusal(holder("ethnic_group"), "57"), Error::not_in_code_table);
    EXPECT_EQ(refusal(holder("ethnic_group"), "1"), Error::not_in_code_table);
    EXPECT_EQ(refusal(issuer("card_class"), "0"), Error::not_in_code_table);
    EXPECT_EQ(refusal(issuer("spec_version"), "4.00"), Error::not_in_code_table);
    EXPECT_EQ(refusal(issuer("spec_version"), "2.0"), Error::not_in_code_table);
}

TEST(ItemCodecRefusal, ACardIdOfAnotherApplicationIsMalformed) {
    EXPECT_EQ(refusal(issuer("card_id"), "639900D15600000600BF7C7A48FB4966"), Error::malformed);
    EXPECT_EQ(refusal(issuer("card_id"), "639900D15600000500BF7C7A48FB496"), Error::malformed);
    EXPECT_EQ(refusal(issuer("card_id"), "639900D15600000500BF7C7A48FB49GG"), Error::malformed);
    EXPECT_EQ(refusal(issuer("card_id"), "6399A0D15600000500BF7C7A48FB4966"), Error::not_digits);
    EXPECT_EQ(refusal(issuer("card_id"), "639900D15600000500BF7C7A48FB496600"), Error::too_long);
}

TEST(ItemCodecRefusal, ControlCharactersAreNotEncodable) {
    EXPECT_EQ(refusal(holder("name"), std::string_view{"张\0三", 7}), Error::not_encodable);
    EXPECT_EQ(refusal(holder("name"), "张\n三"), Error::not_encodable);
    EXPECT_EQ(refusal(holder("name"), "张\x7F"), Error::not_encodable);
    EXPECT_EQ(refusal(item_of("residence", "phone"), "1\t2"), Error::not_encodable);
}

TEST(ItemCodecRefusal, BytesThatAreNotUtf8AreBadEncoding) {
    EXPECT_EQ(refusal(holder("name"), "\xD5\xC5"), Error::bad_encoding);
}

TEST(ItemCodecRefusal, ANumberAssignedToAForeignerIsTakenAsItIs) {
    Item const item = holder("social_security_number");
    EXPECT_EQ(decoded(item, encoded(item, "USA0P1234567")), "USA0P1234567");
    EXPECT_EQ(refusal(item, "USA-P1234567"), Error::malformed);
    EXPECT_EQ(refusal(item, "USA0P12345678901234"), Error::too_long);
}

TEST(ItemCodecRefusal, CharactersThatTheProfileLacksAreNotEncodable) {
    EXPECT_EQ(refusal(holder("name"), "张𠮷"), Error::not_encodable);
    EXPECT_EQ(decoded(holder("name"), encoded(holder("name"), "张𠮷", TextProfile::gb18030)),
              "张𠮷");
    EXPECT_EQ(refusal(item_of("residence", "phone"), "电话"), Error::not_encodable);
}

TEST(ItemCodecRefusal, OpaqueBytesAreHexAndMayBeShort) {
    Item const item{0x01, Format::b, 4, 1, "blob", "", Content::opaque};
    EXPECT_EQ(encoded(item, "0a0B"), bytes("0A0B0000"));
    EXPECT_EQ(decoded(item, bytes("0A0B0000")), "0A0B0000");
    EXPECT_EQ(decoded(item, bytes("00000000")), "");
    EXPECT_EQ(refusal(item, "0A0"), Error::malformed);
    EXPECT_EQ(refusal(item, "0AZZ"), Error::malformed);
    EXPECT_EQ(refusal(item, "0011223344"), Error::too_long);
}

} // namespace
} // namespace apdu
