#include "tests/host/virtual/contact_bench.hpp"

#include <gtest/gtest.h>

namespace virtual_card {
namespace {

// ISO/IEC 7816-3:2006 §11 and annex A.

constexpr ContactSettings t1_settings{.protocol = ContactProtocol::t1};

/// A card under T=1 that has answered its reset.
class T1 : public ContactBench {
public:
    explicit T1(ContactSettings settings = t1_settings, std::vector<Fault> faults = {})
        : ContactBench{settings, std::move(faults)} {
        atr = power_up();
    }
    std::string atr;
};

TEST(T1Line, TellsOfItselfInTheAnswerToReset) {
    T1 const card;
    EXPECT_EQ(card.atr.substr(0, 16), "3BED18008131FE4D");
    EXPECT_EQ(card.atr.size(), 2 * (8 + 13 + 1U));
    ContactSettings settings = t1_settings;
    settings.ta1 = 0x96;
    settings.t1 = {BlockCode::crc, 0x20};
    EXPECT_EQ(T1{settings}.atr.substr(0, 20), "3BFD9618008171204D01");
}

TEST(T1Line, CountsBlocksAndAnswersWithIts) {
    T1 card;
    EXPECT_EQ(card.block("0000050084000008").substr(0, 6), "00000A");
    EXPECT_EQ(card.block("0040050084000008").substr(0, 6), "00400A");
    EXPECT_EQ(card.block("0040050084000008"), "008200") << "a number that is not its turn";
    EXPECT_EQ(card.block("0000050084000008").substr(0, 6), "00000A");
}

TEST(T1Line, GivesCase4ItsDataAtOnce) {
    T1 card;
    auto const answer = card.block("00000C00A4040006D1560000050300");
    EXPECT_EQ(answer, "00000C6F088406D156000005039000");
}

TEST(T1Line, RepeatsItsBlockForAnR) {
    T1 card;
    auto const answer = card.block("0000050084000008");
    EXPECT_EQ(card.block("008100"), answer);
    EXPECT_EQ(card.block("008100"), answer);
    EXPECT_EQ(card.block("0040050084000008").substr(0, 6), "00400A");
}

TEST(T1Line, AsksAgainForABlockWithAWrongCode) {
    T1 card;
    EXPECT_EQ(card.send("000005008400000888"), "00810081");
    EXPECT_EQ(card.block("0000050084000008").substr(0, 6), "00000A");
}

TEST(T1Line, PassesOverWhatABlockThatGoesOnTooLongHasMore) {
    T1 card;
    EXPECT_EQ(card.send("00000400840000088B"), "00810081") << "LEN says 4";
    EXPECT_EQ(card.block("0000050084000008").substr(0, 6), "00000A");
}

TEST(T1Line, RepeatsItsRequestForMoreTimeUntilItIsGranted) {
    ContactSettings settings = t1_settings;
    settings.signs_before_answer = 1;
    T1 card{settings};
    EXPECT_EQ(card.block("0000050084000008"), "00C30101");
    EXPECT_EQ(card.send("00E30101E2"), "00C30101C3") << "a wrong code";
    EXPECT_EQ(card.block("008100"), "00C30101");
    EXPECT_EQ(card.block("00E30101").substr(0, 6), "00000A");
}

TEST(T1Line, ForgetsTheCommandThatItWorksOnWhenBothBeginAnew) {
    ContactSettings settings = t1_settings;
    settings.signs_before_answer = 1;
    T1 card{settings};
    EXPECT_EQ(card.block("0000050084000008"), "00C30101");
    EXPECT_EQ(card.block("00C000"), "00E000");
    EXPECT_EQ(card.come(2'000'000), "");
    EXPECT_EQ(card.block("0000050084000008"), "00C30101") << "N(S) is 0 again";
}

TEST(T1Line, AsksAgainForABlockThatIsLostInPart) {
    T1 card;
    EXPECT_EQ(card.send("0000050084"), "");
    EXPECT_EQ(card.come(100'000), "00820082");
    EXPECT_EQ(card.block("0000050084000008").substr(0, 6), "00000A");
}

TEST(T1Line, TakesAChain) {
    T1 card;
    EXPECT_EQ(card.block("00200500A4040006"), "009000");
    EXPECT_EQ(card.block("008000"), "009000") << "its R was lost";
    EXPECT_EQ(card.block("004007D1560000050300"), "00000C6F088406D156000005039000");
}

TEST(T1Line, SendsAChainOfTheSizeThatTheTerminalTakes) {
    T1 card;
    EXPECT_EQ(card.block("00C10105"), "00E10105");
    EXPECT_EQ(card.block("00000C00A4040006D1560000050300"), "0020056F088406D1");
    EXPECT_EQ(card.block("008000"), "0020056F088406D1") << "not acknowledged: again";
    EXPECT_EQ(card.block("009000"), "0060055600000503");
    EXPECT_EQ(card.block("008000"), "0000029000");
    EXPECT_EQ(card.block("0040050084000008").substr(0, 6), "006005") << "the next number";
}

TEST(T1Line, ForgetsAnAbortedChain) {
    T1 card;
    EXPECT_EQ(card.block("00200500A4040006"), "009000");
    EXPECT_EQ(card.block("00C200"), "00E200");
    EXPECT_EQ(card.block("0040050084000008").substr(0, 6), "00000A");
}

TEST(T1Line, BeginsAnewWhenItIsResynchronized) {
    T1 card;
    EXPECT_EQ(card.block("0000050084000008").substr(0, 6), "00000A");
    EXPECT_EQ(card.block("00C000"), "00E000");
    EXPECT_EQ(card.block("0000050084000008").substr(0, 6), "00000A");
}

TEST(T1Line, AsksForMoreTimeAndGoesOnWhenItIsGranted) {
    ContactSettings settings = t1_settings;
    settings.signs_before_answer = 2;
    T1 card{settings};
    EXPECT_EQ(card.block("0000050084000008"), "00C30101");
    EXPECT_EQ(card.block("00E30101"), "00C30101");
    EXPECT_EQ(card.block("00E30101").substr(0, 6), "00000A");
    T1 endless{t1_settings, {parse_fault("wtx-forever").value()}};
    EXPECT_EQ(endless.block("0000050084000008"), "00C30101");
    EXPECT_EQ(endless.send("00E30101E3"), "");
    EXPECT_EQ(endless.come(100'000), "00C30101C3");
}

TEST(T1Line, SpoilsABlockOnce) {
    T1 card{t1_settings, {parse_fault("lrc@1").value()}};
    EXPECT_EQ(card.block("0000050084000008").substr(0, 8), "no block");
    EXPECT_EQ(card.block("008100").substr(0, 6), "00000A");
    EXPECT_NE((T1{t1_settings, {parse_fault("bad-tck").value()}}.atr), T1{}.atr);
}

TEST(T1Line, WorksWithCrc) {
    ContactSettings settings = t1_settings;
    settings.t1.code = BlockCode::crc;
    T1 card{settings};
    EXPECT_EQ(card.block("0000050084000008", BlockCode::crc).substr(0, 6), "00000A");
}

TEST(T1Block, HasTheCodesOfTheStandard) {
    EXPECT_EQ(hex_of(encode({0x00, 0xC1, {0x20}}, BlockCode::lrc)), "00C10120E0");
    auto const crc = encode({0x00, 0xC0, {}}, BlockCode::crc);
    EXPECT_TRUE(parse_t1_block(crc, BlockCode::crc));
    EXPECT_FALSE(parse_t1_block(crc, BlockCode::lrc));
}

} // namespace
} // namespace virtual_card
