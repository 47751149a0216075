#include "tests/host/virtual/card_bench.hpp"

#include "host/virtual/base64.hpp"

#include <gtest/gtest.h>

namespace virtual_card {
namespace {

using apdu::Directory;
using apdu::KeyName;

std::vector<std::string> problems_of(std::string_view person) {
    auto const made = make_personalized(plan_2(), test_masters(), person);
    return made.ok() ? std::vector<std::string>{} : made.error();
}

TEST(MakePersonalized, WritesTheItems) {
    Bench card{plan_3(), personalized(plan_3())};
    card.select(Directory::ssse);
    EXPECT_EQ(card.ask("00B2072C00"), "07094130303030303032589000");
    EXPECT_EQ(card.ask("00B2083000"), "6982") << "a 3.00 card guards the holder";
    ASSERT_EQ(card.authenticate({KeyName::rk_ssse}), "9000");
    EXPECT_EQ(card.ask("00B2083000"), "08123131303130313139303030313031303031349000");
    EXPECT_EQ(card.ask("00B2093000").substr(0, 12), "091ED5C5C8FD") << "张三 in GBK";
}

TEST(MakePersonalized, LetsALongNameGoOnInTheExtension) {
    // 16 characters of two bytes: 15 fit item 09.
    Bench card{plan_2(), personalized(plan_2(), R"({"holder_basic_data":
        {"name": "阿卜杜热合曼阿卜杜热合曼卜杜热合"}})")};
    card.select(Directory::ssse);
    EXPECT_EQ(card.ask("00B2093000").substr(60, 4), "C8C8");
    EXPECT_EQ(card.ask("00B24E3000").substr(0, 10), "4E14BACF00");
}

TEST(MakePersonalized, TakesRepeatedConstructedCyclicAndTransparentOnes) {
    Bench card{plan_2(), personalized(plan_2(), R"({
        "education": {"degree": [{"degree_code": "401"}, {"degree_code": "201"}]},
        "employment_history": [{"occupation": "1010100"}, {"occupation": "2020200"}],
        "photo": "q80="})")};
    card.select(Directory::ssse);
    ASSERT_EQ(card.authenticate({KeyName::rk_ssse}), "9000");
    card.select_fid("EF08");
    EXPECT_EQ(card.send("00B0000003"), "ABCD009000");
}

TEST(MakePersonalized, ListsEveryFaultWithItsPlace) {
    auto const problems = problems_of(R"({
        "no_such_file": {},
        "issuer_data": {"issue_date": "2023-02-29", "no_such_item": "1", "card_class": ["3", "3"]},
        "holder_basic_data": {"name": 7.5, "sex": "7"},
        "photo": "not base64", "fingerprint": 5})");
    EXPECT_EQ(
        problems,
        (std::vector<std::string>{
            "/fingerprint: base64 of at most 768 bytes is wanted",
            "/holder_basic_data/name: text is wanted", "/holder_basic_data/sex: no such code",
            "/issuer_data/no_such_item: no such item", "/issuer_data/card_class: the file holds 1",
            "/issuer_data/issue_date: no such day", "/no_such_file: no such file",
            "/photo: base64 of at most 4096 bytes is wanted"}));
}

TEST(MakePersonalized, RefusesWhatIsNoRecord) {
    EXPECT_EQ(problems_of("").size(), 1U);
    EXPECT_EQ(problems_of("[]").size(), 1U);
    EXPECT_EQ(problems_of(R"({"issuer_data": 5})").size(), 1U);
    EXPECT_EQ(problems_of("{}").size(), 0U);
}

TEST(Base64, IsReadWithItsPadding) {
    EXPECT_EQ(bytes_from_base64(""), Bytes{});
    EXPECT_EQ(bytes_from_base64("AA=="), Bytes{0x00});
    EXPECT_EQ(bytes_from_base64("q80="), (Bytes{0xAB, 0xCD}));
    EXPECT_EQ(bytes_from_base64("q83v"), (Bytes{0xAB, 0xCD, 0xEF}));
    EXPECT_EQ(bytes_from_base64("+/+/"), (Bytes{0xFB, 0xFF, 0xBF}));
    for (char const* const text :
         {"A", "AA", "AAA", "A===", "AB==", "AA==AA==", "A A=", "AAA\n", "=AAA", "AA=A"}) {
        EXPECT_FALSE(bytes_from_base64(text)) << text;
    }
}

} // namespace
} // namespace virtual_card
