#include "apdu/identifiers.hpp"

#include "tests/apdu/hex_bytes.hpp"
#include "tests/apdu/vector_file.hpp"

#include <gtest/gtest.h>

#include <string>

namespace apdu {
namespace {

// The standard's own sample, card.md §2.1.
constexpr std::string_view sample_card_id = "639900 D156000005 00BF7C7A 48FB4966";

TEST(CardId, TheStandardsSampleFallsIntoItsFourParts) {
    auto const id = CardId::parse(bytes(sample_card_id));
    ASSERT_TRUE(id.ok());
    EXPECT_EQ(copy_of(id.value().region()), bytes("639900"));
    EXPECT_EQ(copy_of(id.value().serial()), bytes("00BF7C7A"));
    EXPECT_EQ(copy_of(id.value().authentication_code()), bytes("48FB4966"));
    EXPECT_EQ(copy_of(id.value().bytes), bytes(sample_card_id));
}

TEST(CardId, ItsFirstPartsAreMadeFromRegionAndSerial) {
    constexpr std::array<std::uint8_t, 3> region{0x63, 0x99, 0x00};
    constexpr std::array<std::uint8_t, 4> serial{0x00, 0xBF, 0x7C, 0x7A};
    EXPECT_EQ(copy_of(card_id_first_parts(region, serial)), bytes("639900 D156000005 00BF7C7A"));
}

TEST(CardId, OtherLengthsAreRefused) {
    EXPECT_EQ(CardId::parse({}).error(), Error::too_short);
    EXPECT_EQ(CardId::parse(bytes("639900 D156000005 00BF7C7A 48FB49")).error(), Error::too_short);
    EXPECT_EQ(CardId::parse(bytes("639900 D156000005 00BF7C7A 48FB496600")).error(),
              Error::too_long);
}

TEST(CardId, ARegionIsDecimal) {
    EXPECT_EQ(CardId::parse(bytes("6399A0 D156000005 00BF7C7A 48FB4966")).error(),
              Error::not_digits);
    EXPECT_EQ(CardId::parse(std::vector<std::uint8_t>(16, 0xFF)).error(), Error::not_digits);
}

TEST(CardId, AnotherApplicationIdentifierIsMalformed) {
    EXPECT_EQ(CardId::parse(bytes("639900 D156000006 00BF7C7A 48FB4966")).error(),
              Error::malformed);
}

// card.md §2.2.
TEST(CardNumber, TheStandardsSampleHasCheckCharacterX) {
    EXPECT_EQ(card_number_check("D2143569").value(), 'X');
    EXPECT_TRUE(check_card_number("D2143569X").ok());
}

TEST(CardNumber, MadeUpNumbersHold) {
    for (auto const* const number : {"A00000011", "A0000002X", "T0000001X"}) {
        EXPECT_TRUE(check_card_number(number).ok()) << number;
    }
}

TEST(CardNumber, EveryCheckCharacterIsOneOfEleven) {
    std::string seen;
    for (char digit = '0'; digit <= '9'; ++digit) {
        for (char last = '0'; last <= '9'; ++last) {
            std::string const body = std::string{"A00000"} + digit + last;
            char const check = card_number_check(body).value();
            EXPECT_NE(std::string_view{"0123456789X"}.find(check), std::string_view::npos);
            if (seen.find(check) == std::string::npos) {
                seen += check;
            }
        }
    }
    EXPECT_EQ(seen.size(), 11U);
}

TEST(CardNumber, EveryOtherCheckCharacterIsWrong) {
    for (char const check : std::string_view{"0123456789"}) {
        EXPECT_EQ(check_card_number(std::string{"D2143569"} + check).error(),
                  Error::wrong_check_digit);
    }
    EXPECT_EQ(check_card_number("D2143569x").error(), Error::wrong_check_digit);
}

TEST(CardNumber, EverySingleWrongDigitIsFound) {
    std::string const right = "A00000011";
    for (std::size_t at = 1; at < 8; ++at) {
        for (char digit = '0'; digit <= '9'; ++digit) {
            std::string wrong = right;
            wrong[at] = digit;
            EXPECT_EQ(check_card_number(wrong).ok(), wrong == right) << wrong;
        }
    }
}

TEST(CardNumber, TheFirstCharacterIsACapital) {
    EXPECT_EQ(card_number_check("12143569").error(), Error::malformed);
    EXPECT_EQ(card_number_check("d2143569").error(), Error::malformed);
    EXPECT_EQ(check_card_number("12143569X").error(), Error::malformed);
}

TEST(CardNumber, TheOthersAreDigitsOrCapitals) {
    EXPECT_TRUE(card_number_check("DZZZZZZZ").ok());
    EXPECT_EQ(card_number_check("D21-3569").error(), Error::malformed);
    EXPECT_EQ(card_number_check("D21435 9").error(), Error::malformed);
}

TEST(CardNumber, OtherLengthsAreRefused) {
    EXPECT_EQ(card_number_check("D214356").error(), Error::too_short);
    EXPECT_EQ(card_number_check("D21435690").error(), Error::too_long);
    EXPECT_EQ(check_card_number("").error(), Error::too_short);
    EXPECT_EQ(check_card_number("D2143569").error(), Error::too_short);
    EXPECT_EQ(check_card_number("D2143569-X").error(), Error::too_long);
}

// card.md §2.3.
TEST(IdNumber, ThirdPartyNumbersOfTheSameCheckHold) {
    auto const vectors = read_vectors("iso7064_mod11_2.vec");
    EXPECT_EQ(vectors.size(), 4U);
    for (TestVector const& vector : vectors) {
        EXPECT_EQ(id_number_check(vector.at("Body")).value(), vector.at("Check")[0])
            << vector.at("Body");
    }
}

TEST(IdNumber, MadeUpNumbersHold) {
    for (auto const* const number :
         {"110101190001010014", "110101190001010022", "510101190001010019"}) {
        EXPECT_TRUE(check_id_number(number).ok()) << number;
    }
}

TEST(IdNumber, TheCheckCharacterMayBeX) {
    std::string body = "11010119000101";
    std::string with_x;
    for (int sequence = 100; sequence < 200 && with_x.empty(); ++sequence) {
        std::string const candidate = body + std::to_string(sequence);
        if (id_number_check(candidate).value() == 'X') {
            with_x = candidate + 'X';
        }
    }
    EXPECT_TRUE(check_id_number(with_x).ok());
    with_x.back() = 'x';
    EXPECT_EQ(check_id_number(with_x).error(), Error::not_digits);
}

TEST(IdNumber, EverySingleWrongDigitIsFound) {
    std::string const right = "110101190001010014";
    for (std::size_t at = 0; at < right.size(); ++at) {
        for (char digit = '0'; digit <= '9'; ++digit) {
            std::string wrong = right;
            wrong[at] = digit;
            EXPECT_EQ(check_id_number(wrong).ok(), wrong == right) << wrong;
        }
    }
}

TEST(IdNumber, AWrongCheckCharacterIsNamedAsSuch) {
    EXPECT_EQ(check_id_number("110101190001010015").error(), Error::wrong_check_digit);
    EXPECT_EQ(check_id_number("11010119000101001X").error(), Error::wrong_check_digit);
}

TEST(IdNumber, AnImpossibleBirthDateIsNamedBeforeTheCheckCharacter) {
    EXPECT_EQ(check_id_number("110101190002300010").error(), Error::impossible_date);
    EXPECT_EQ(check_id_number("110101190013010010").error(), Error::impossible_date);
}

TEST(IdNumber, SomethingElseThanDigitsIsRefused) {
    EXPECT_EQ(check_id_number("11010119000101001A").error(), Error::not_digits);
    EXPECT_EQ(check_id_number("1101011900O1010014").error(), Error::not_digits);
    EXPECT_EQ(check_id_number("X10101190001010014").error(), Error::not_digits);
}

TEST(IdNumber, OtherLengthsAreRefused) {
    EXPECT_EQ(check_id_number("").error(), Error::too_short);
    EXPECT_EQ(check_id_number("110101000101001").error(), Error::too_short); // the old 15 digits
    EXPECT_EQ(check_id_number("1101011900010100140").error(), Error::too_long);
    EXPECT_EQ(id_number_check("1101011900010100").error(), Error::too_short);
    EXPECT_EQ(id_number_check("110101190001010014").error(), Error::too_long);
}

TEST(IdNumber, ItSaysRegionBirthDateAndSex) {
    IdNumberParts const man = parts_of_id_number("110101190001010014");
    EXPECT_EQ(man.region, "110101");
    EXPECT_EQ(man.birth_date, "19000101");
    EXPECT_EQ(man.sex, '1');
    EXPECT_EQ(parts_of_id_number("110101190001010022").sex, '2');
    EXPECT_EQ(parts_of_id_number("510101190001010019").region, "510101");
}

TEST(IdNumberDeathTest, ThePartsOfAWrongNumberAreABug) {
    EXPECT_DEATH((void)parts_of_id_number("110101190001010015"), "broken requirement");
}

TEST(CalendarDate, FebruaryHas29DaysInLeapYearsOnly) {
    EXPECT_TRUE(is_calendar_date("20240229"));
    EXPECT_FALSE(is_calendar_date("20230229"));
    EXPECT_TRUE(is_calendar_date("20000229"));
    EXPECT_FALSE(is_calendar_date("19000229"));
    EXPECT_FALSE(is_calendar_date("20240230"));
}

TEST(CalendarDate, MonthsHaveTheirDays) {
    struct Month {
        std::string_view last_day;
        std::string_view day_after;
    };
    for (Month const month : {Month{"20230131", "20230132"}, Month{"20230331", "20230332"},
                              Month{"20230430", "20230431"}, Month{"20230531", "20230532"},
                              Month{"20230630", "20230631"}, Month{"20230731", "20230732"},
                              Month{"20230831", "20230832"}, Month{"20230930", "20230931"},
                              Month{"20231031", "20231032"}, Month{"20231130", "20231131"},
                              Month{"20231231", "20231232"}}) {
        EXPECT_TRUE(is_calendar_date(month.last_day)) << month.last_day;
        EXPECT_FALSE(is_calendar_date(month.day_after)) << month.day_after;
    }
}

TEST(CalendarDate, MonthsAndDaysCountFromOne) {
    EXPECT_FALSE(is_calendar_date("20230001"));
    EXPECT_FALSE(is_calendar_date("20231301"));
    EXPECT_FALSE(is_calendar_date("20230100"));
}

TEST(CalendarDate, YearsAre1800To9999) {
    EXPECT_FALSE(is_calendar_date("17991231"));
    EXPECT_TRUE(is_calendar_date("18000101"));
    EXPECT_TRUE(is_calendar_date("99991231"));
    EXPECT_FALSE(is_calendar_date("00000101"));
}

TEST(CalendarDate, AYearHasAsManyDaysAsTheCalendar) {
    auto const days_in = [](std::string const& year) {
        int days = 0;
        for (int month_and_day = 0; month_and_day <= 9999; ++month_and_day) {
            std::string const digits = std::to_string(10000 + month_and_day).substr(1);
            days += int{is_calendar_date(year + digits)};
        }
        return days;
    };
    EXPECT_EQ(days_in("2023"), 365);
    EXPECT_EQ(days_in("2024"), 366);
}

TEST(CalendarDate, OnlyEightDigitsAreADate) {
    EXPECT_FALSE(is_calendar_date(""));
    EXPECT_FALSE(is_calendar_date("2023101"));
    EXPECT_FALSE(is_calendar_date("202310010"));
    EXPECT_FALSE(is_calendar_date("2023-1-1"));
    EXPECT_FALSE(is_calendar_date("FFFFFFFF"));
}

} // namespace
} // namespace apdu
