#include "tests/host/virtual/contact_bench.hpp"

#include "host/virtual/json_members.hpp"

#include <gtest/gtest.h>

namespace virtual_card {
namespace {

// ISO/IEC 7816-3:2006 §10.3.

TEST(T0Line, AnswersACommandWithoutDataByItsStatusWord) {
    ContactBench card;
    card.power_up();
    EXPECT_EQ(card.send("0084000002"), "6C08");
    EXPECT_EQ(card.send("00FF000005"), "6D00") << "no data are asked for";
}

TEST(T0Line, SaysOfEachCharacterThatItWasTaken) {
    ContactBench card;
    card.power_up();
    EXPECT_EQ(card.taken, 0U);
    (void)card.send("0084000002");
    EXPECT_EQ(card.taken, 5U);
}

TEST(T0Line, GivesDataBehindTheProcedureByte) {
    ContactBench card;
    card.power_up();
    auto const answer = card.send("0084000008");
    EXPECT_EQ(answer.size(), 2 * 11U);
    EXPECT_EQ(answer.substr(0, 2), "84");
    EXPECT_EQ(answer.substr(18), "9000");
}

TEST(T0Line, AsksForDataByTheProcedureByte) {
    ContactBench card;
    card.power_up();
    EXPECT_EQ(card.send("00A4040006"), "A4");
    EXPECT_EQ(card.send("D156000005"), "");
    EXPECT_EQ(card.send("03"), "610A");
    EXPECT_EQ(card.send("00C000000A"), "C06F088406D156000005039000");
}

TEST(T0Line, AsksForDataAndGivesThemOneByOne) {
    ContactBench card{{.is_byte_by_byte = true}};
    card.power_up();
    EXPECT_EQ(card.send("00A4040006"), "5B");
    EXPECT_EQ(card.send("D1"), "5B");
    EXPECT_EQ(card.send("5600000503"), "5B5B5B5B610A") << "without a pause all the same";
    EXPECT_EQ(card.send("00C0000002"), "3F6F3F086108");
}

TEST(T0Line, SendsNullsBeforeAnAnswer) {
    ContactBench card{{.signs_before_answer = 3}};
    card.power_up();
    EXPECT_EQ(card.send("0084000002"), "6060606C08");
}

TEST(WholeApduCard, TakesAllCasesOfShortApdus) {
    keys::openssl::EvpCipher cipher;
    SeededRandom random{1};
    Card chip{personalized(plan_2()), {cipher, random}};
    WholeApduCard card{chip};
    auto const send = [&](std::string_view hex) {
        return hex_of(card.exchange(bytes_from_hex(hex).value()));
    };
    EXPECT_EQ(send("00A404000FD15600000502"), "6700") << "fewer data than Lc says";
    EXPECT_EQ(send("00A4"), "6700");
    EXPECT_EQ(send("00A4040006D15600000503"), "9000") << "case 3: no data wanted";
    EXPECT_EQ(send("00A4040006D1560000050300"), "6F088406D156000005039000");
    EXPECT_EQ(send("00A4040006D1560000050304"), "6F0884069000") << "as many as are wanted";
    EXPECT_EQ(send("0084000008").size(), 2 * 10U);
    EXPECT_EQ(send("00840000"), "6C08") << "case 1 of an instruction that gives data";
}

} // namespace
} // namespace virtual_card
