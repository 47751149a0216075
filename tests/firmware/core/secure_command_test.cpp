#include "tests/firmware/core/test_desk.hpp"

#include <gtest/gtest.h>

namespace terminal {
namespace {

using apdu::bytes;

/// A Secure message around such data.
std::string secure(std::string_view data, std::string_view sequence = "08") {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::size_t const size = bytes(data).size();
    return std::string{"69 "} + digits[size / 16] + digits[size % 16] + "000000 00 " +
           std::string{sequence} + " 000000 " + std::string{data};
}

// The structures are those that libccid 1.5.2 was seen to send (serial-ccid.md §7).
constexpr std::string_view verify_ascii =
    "00 1E 82 04 00 08 04 02 01 09 04 00 00 00 00 00 20 00 01 08 FFFFFFFFFFFFFFFF";
/// VERIFY of a social security card: BCD, as long as it is (card.md §4.1).
constexpr std::string_view verify_bcd =
    "00 1E 81 00 00 0C 04 02 01 04 08 00 00 00 00 00 20 00 00 00";
/// CHANGE PIN: old PIN, FF, new PIN.
constexpr std::string_view change_bcd =
    "01 1E 81 00 00 00 01 0C 04 03 02 03 04 08 00 01 02 00 00 00 80 5E 01 00 01 FF";

class ASecureCommand : public testing::Test {
protected:
    void SetUp() override { desk_.power_on(); }
    /// Sends it, types, and gives back what comes.
    Bytes answer(std::string_view data, std::string_view keys, std::uint64_t ms = 50) {
        desk_.pad.type(keys);
        return desk_.answer(secure(data), ms);
    }
    void expect_at_card(std::string_view sent, std::string_view answer) {
        desk_.line.sent.clear();
        auto const whole = bytes(sent);
        desk_.line.script = {{Bytes(whole.begin(), whole.begin() + 5), good({whole[1]})},
                             {Bytes(whole.begin() + 5, whole.end()), good(bytes(answer))}};
    }
    std::vector<std::pair<std::string, std::string>> shown() {
        return std::exchange(desk_.pad.shown, {});
    }

    TestDesk desk_{Echo::none};
};

TEST_F(ASecureCommand, PutsTheTypedPinIntoTheCommandAndGivesBackTheAnswer) {
    expect_at_card("00 20 00 01 08 31323334FFFFFFFF", "90 00");
    EXPECT_EQ(answer(verify_ascii, "1234e"), frame("80 02000000 00 08 00 00 00 9000"));
    EXPECT_EQ(shown(), (std::vector<std::pair<std::string, std::string>>{{"Enter PIN", ""},
                                                                         {"Enter PIN", "*"},
                                                                         {"Enter PIN", "**"},
                                                                         {"Enter PIN", "***"},
                                                                         {"Enter PIN", "****"},
                                                                         {"Please wait", ""},
                                                                         {"PIN right", ""}}));
}

TEST_F(ASecureCommand, BuildsLcForAPinThatIsAsLongAsItIs) {
    expect_at_card("00 20 00 00 03 123456", "90 00");
    EXPECT_EQ(answer(verify_bcd, "123456e"), frame("80 02000000 00 08 00 00 00 9000"));
    expect_at_card("00 20 00 00 04 1234567F", "63 C2");
    EXPECT_EQ(answer(verify_bcd, "1234567e"), frame("80 02000000 00 08 00 00 00 63C2"));
}

TEST_F(ASecureCommand, ChangesAPinThatIsTypedTwice) {
    expect_at_card("80 5E 01 00 08 1234 FF 1234567890", "90 00");
    EXPECT_EQ(answer(change_bcd, "1234e1234567890e1234567890e"),
              frame("80 02000000 00 08 00 00 00 9000"));
}

TEST_F(ASecureCommand, AsksAgainWhereTheNewPinsDiffer) {
    expect_at_card("80 5E 01 00 06 1234 FF 567890", "90 00");
    EXPECT_EQ(answer(change_bcd, "1234e567890e567891e567890e567890e"),
              frame("80 02000000 00 08 00 00 00 9000"));
    EXPECT_EQ(answer(change_bcd, "1234e1111e2222e1111e2222e1111e2222e"),
              frame("80 00000000 00 08 40 EF 00"))
        << "three times: cancelled";
}

TEST_F(ASecureCommand, AsksNobodyForAPinThatTheCardWouldNotGet) {
    desk_.line.sent.clear();
    desk_.line.script = {{bytes("0084000008"), good(bytes("12"))}};
    desk_.answer("6F 05000000 00 08 000000 0084000008");
    EXPECT_EQ(answer(verify_ascii, ""), frame("80 00000000 00 08 40 FE 00")) << "before a reset";
    EXPECT_EQ(shown().size(), 0U);
    desk_.power_on();
    expect_at_card("00 20 00 01 08 31323334FFFFFFFF", "90 00");
    EXPECT_EQ(answer(verify_ascii, "1234e"), frame("80 02000000 00 08 00 00 00 9000"));
}

TEST_F(ASecureCommand, IsCancelledAndTimesOut) {
    EXPECT_EQ(answer(verify_ascii, "12x"), frame("80 00000000 00 08 40 EF 00"));
    desk_.pad.type("12");
    auto const alive = desk_.answer(secure(verify_ascii), 31'000);
    auto const timeout = frame("80 00000000 00 08 40 F0 00");
    ASSERT_GE(alive.size(), timeout.size() + 29) << "a sign of life each second";
    EXPECT_EQ(Bytes(alive.end() - static_cast<std::ptrdiff_t>(timeout.size()), alive.end()),
              timeout);
    EXPECT_EQ(desk_.line.sent, Bytes{}) << "nothing went to the card";
}

TEST_F(ASecureCommand, EndsWhereTheEntryConditionSaysSo) {
    expect_at_card("00 20 00 01 08 3132333435363738", "90 00");
    EXPECT_EQ(answer("00 1E 82 08 00 08 04 01 01 09 04 00 000000 00 20 00 01 08 FFFFFFFFFFFFFFFF",
                     "12345678"),
              frame("80 02000000 00 08 00 00 00 9000"))
        << "full";
    expect_at_card("00 20 00 01 08 31323334FFFFFFFF", "90 00");
    desk_.pad.type("1234");
    auto const whole = desk_.answer(
        secure("00 01 82 08 00 08 04 06 01 09 04 00 000000 00 20 00 01 08 FFFFFFFFFFFFFFFF"),
        1'100);
    EXPECT_EQ(Bytes(whole.end() - 15, whole.end()), frame("80 02000000 00 08 00 00 00 9000"))
        << "time over";
}

TEST_F(ASecureCommand, WantsAsManyDigitsAsItSays) {
    expect_at_card("00 20 00 01 08 31323334FFFFFFFF", "90 00");
    EXPECT_EQ(answer(verify_ascii, "123e1234e"), frame("80 02000000 00 08 00 00 00 9000"))
        << "three are too few";
    expect_at_card("00 20 00 01 08 3132333435363738", "90 00");
    EXPECT_EQ(answer(verify_ascii, "123456789e"), frame("80 02000000 00 08 00 00 00 9000"))
        << "a ninth is not taken";
    expect_at_card("00 20 00 01 08 35363738FFFFFFFF", "90 00");
    EXPECT_EQ(answer(verify_ascii, "12c5678e"), frame("80 02000000 00 08 00 00 00 9000"));
}

TEST_F(ASecureCommand, PutsPinAndLengthWhereTheFieldsSay) {
    // A format 2 block: 2, length, digits, F (the host's template).
    expect_at_card("00 20 00 01 08 2612 3456 FFFFFFFF", "90 00");
    EXPECT_EQ(answer("00 1E 89 47 04 0C 04 02 01 09 04 00 000000 00 20 00 01 08 20FFFFFFFFFFFFFF",
                     "123456e"),
              frame("80 02000000 00 08 00 00 00 9000"));
    expect_at_card("00 20 00 01 04 00000102", "90 00");
    EXPECT_EQ(answer("00 1E 84 04 00 04 02 02 01 09 04 00 000000 00 20 00 01 04 00000000", "12e"),
              frame("80 02000000 00 08 00 00 00 9000"))
        << "binary, justified right";
}

TEST_F(ASecureCommand, RefusesAPlaceThatTheCommandDoesNotHave) {
    EXPECT_EQ(answer("00 1E 82 08 00 08 04 02 01 09 04 00 000000 00 20 00 01 04 FFFFFFFF", ""),
              frame("80 00000000 00 08 40 0F 00"));
    EXPECT_EQ(
        answer("01 1E 82 08 00 00 08 08 04 03 02 01 0904 00 01 000000 00240001 08 FFFFFFFFFFFFFFFF",
               ""),
        frame("80 00000000 00 08 40 11 00"));
    EXPECT_EQ(answer("02 1E 82", ""), frame("80 00000000 00 08 40 0A 00"));
    EXPECT_EQ(shown().size(), 0U);
}

TEST_F(ASecureCommand, EndsWhenTheCardIsPulledWhileSomeoneTypes) {
    desk_.pad.type("12");
    desk_.answer(secure(verify_ascii), 10);
    desk_.line.is_in = false;
    desk_.run(5);
    EXPECT_EQ(desk_.host.from_terminal, frame("80 00000000 00 08 42 FE 00"));
    EXPECT_EQ(shown().back().first, "Card error");
}

TEST_F(ASecureCommand, EndsWhenTheHostSendsAnother) {
    desk_.answer(secure(verify_ascii), 10);
    EXPECT_EQ(desk_.answer("65 00000000 00 09 000000"), frame("81 00000000 00 09 00 00 00"));
    desk_.pad.type("1234e");
    desk_.run(100);
    EXPECT_EQ(desk_.line.sent, Bytes{});
}

TEST_F(ASecureCommand, LeavesItsAnswerToNoOtherWhenTheHostSendsOne) {
    desk_.line.sent.clear();
    desk_.pad.type("1234e");
    desk_.answer(secure(verify_ascii), 10);
    ASSERT_EQ(desk_.line.sent, bytes("00 20 00 01 08")) << "the card has the header";
    EXPECT_EQ(desk_.answer("65 00000000 00 09 000000"), frame("81 00000000 00 09 00 00 00"));
    EXPECT_EQ(desk_.answer("6F 05000000 00 0A 000000 0084000008", 5),
              frame("80 00000000 00 0A 40 E0 00"));
    desk_.line.coming = {{0x69, false}, {0x83, false}};
    desk_.run(20);
    EXPECT_EQ(desk_.host.from_terminal, Bytes{});
    desk_.line.sent.clear();
    desk_.line.script = {{bytes("0084000008"), good(bytes("6D00"))}};
    EXPECT_EQ(desk_.answer("6F 05000000 00 0B 000000 0084000008"),
              frame("80 02000000 00 0B 00 00 00 6D00"));
}

TEST_F(ASecureCommand, GoesOnWithTheHostsConversationUnderT1) {
    desk_.answer("61 07000000 00 00 010000 1110004D00FE00");
    // The host's first I-block had N(S)=0, this one has 1; the card asks for more time, and its
    // answer comes garbled once.
    desk_.line.sent.clear();
    desk_.line.script = {{bytes("00 00 02 0084 86"), good(bytes("00 00 02 9000 92"))}};
    desk_.answer("6F 06000000 00 00 000000 000002008486", 20);
    desk_.line.script = {
        {bytes("00 40 08 00200000 03 123456 1B"), good(bytes("00 C3 01 02 C0"))},
        {bytes("00 E3 01 02 E0"),
         {{0x00, false}, {0x40, false}, {0x02, true}, {0x90, false}, {0x00, false}, {0xD2, false}}},
        {bytes("00 91 00 91"), good(bytes("00 40 02 9000 D2"))}};
    EXPECT_EQ(
        answer("00 1E 81 00 00 0C 04 02 01 04 08 00 00 40 05 00 20 00 00 00", "123456e", 2'000),
        frame("80 06000000 00 08 00 00 00 004002 9000 D2"));
}

// IFSC 6: VERIFY takes two blocks; the card answers with three.
TEST_F(ASecureCommand, ChainsBlocksUnderT1BothWaysAndGivesBackOne) {
    desk_.answer("61 07000000 00 00 010000 1110004D000600");
    desk_.line.sent.clear();
    desk_.line.script = {{bytes("00 20 06 002000000312 17"), good(bytes("00 90 00 90"))},
                         {bytes("00 40 02 3456 20"), good(bytes("00 20 02 0102 21"))},
                         {bytes("00 90 00 90"), good(bytes("00 60 01 03 62"))},
                         {bytes("00 80 00 80"), good(bytes("00 00 02 9000 92"))}};
    EXPECT_EQ(answer("00 1E 81 00 00 0C 04 02 01 09 04 00 00 00 05 00 20 00 00 00", "123456e", 200),
              frame("80 09000000 00 08 00 00 00 000005 010203 9000 95"));
    EXPECT_EQ(shown().back().first, "PIN right");
    // The card's next block has N(S)=1, and this one of ours too.
    desk_.line.sent.clear();
    desk_.line.script = {{bytes("00 40 05 00B2010000 F6"), good(bytes("00 40 02 9000 D2"))}};
    EXPECT_EQ(desk_.answer("6F 09000000 00 09 000000 00400500B2010000F6"),
              frame("80 06000000 00 09 00 00 00 004002 9000 D2"));
}

// Else the card would take the next command for the rest of the chain.
TEST_F(ASecureCommand, LeavesACardInTheMiddleOfAChainToAReset) {
    desk_.answer("61 07000000 00 00 010000 1110004D000300");
    desk_.line.sent.clear();
    desk_.line.script = {{bytes("00 20 03 002000 03"), good(bytes("00 90 00 90"))}};
    desk_.pad.type("123456e");
    desk_.answer(secure("00 1E 81 00 00 0C 04 02 01 09 04 00 00 00 05 00 20 00 00 00"), 20);
    EXPECT_EQ(desk_.answer("65 00000000 00 09 000000"), frame("81 00000000 00 09 00 00 00"));
    desk_.line.coming = {{0x00, false}, {0x80, false}, {0x00, false}, {0x80, false}};
    desk_.run(20);
    desk_.line.sent.clear();
    EXPECT_EQ(desk_.answer("6F 06000000 00 0A 000000 000002008486"),
              frame("80 00000000 00 0A 40 FE 00"));
    EXPECT_EQ(desk_.line.sent, Bytes{});
    desk_.power_on();
    desk_.line.sent.clear();
    desk_.line.script = {{bytes("0084000008"), good(bytes("6D00"))}};
    EXPECT_EQ(desk_.answer("6F 05000000 00 0B 000000 0084000008"),
              frame("80 02000000 00 0B 00 00 00 6D00"));
}

TEST_F(ASecureCommand, LeavesACardThatFellMuteInTheMiddleOfAChainToAResetToo) {
    desk_.answer("61 07000000 00 00 010000 1110004D000300");
    desk_.line.script = {{bytes("00 20 03 002000 03"), good(bytes("00 90 00 90"))}};
    desk_.pad.type("123456e");
    desk_.answer(secure("00 1E 81 00 00 0C 04 02 01 09 04 00 00 00 05 00 20 00 00 00"), 20);
    EXPECT_EQ(desk_.answer("65 00000000 00 09 000000"), frame("81 00000000 00 09 00 00 00"));
    desk_.run(5'000); // longer than the card may take
    desk_.line.sent.clear();
    EXPECT_EQ(desk_.answer("6F 06000000 00 0A 000000 000002008486"),
              frame("80 00000000 00 0A 40 FE 00"));
    EXPECT_EQ(desk_.line.sent, Bytes{});
}

TEST_F(ASecureCommand, AsksForABlockOfAChainThatCameGarbledAlone) {
    desk_.answer("61 07000000 00 00 010000 1110004D00FE00");
    desk_.line.sent.clear();
    auto garbled = good(bytes("00 40 02 9000 D2"));
    garbled[3].is_parity_wrong = true;
    desk_.line.script = {{bytes("00 00 08 00200000 03 123456 5B"), good(bytes("00 20 01 AA 8B"))},
                         {bytes("00 90 00 90"), garbled},
                         {bytes("00 90 00 90"), good(bytes("00 40 02 9000 D2"))}};
    EXPECT_EQ(
        answer("00 1E 81 00 00 0C 04 02 01 09 04 00 00 00 05 00 20 00 00 00", "123456e", 2'000),
        frame("80 07000000 00 08 00 00 00 000003 AA 9000 39"));
}

// Two blocks of 254 and 2: the answer does not fit into the one block that a host takes.
TEST_F(ASecureCommand, RefusesAnAnswerThatNoBlockHolds) {
    desk_.answer("61 07000000 00 00 010000 1110004D00FE00");
    desk_.line.sent.clear();
    Bytes first(257 + 1, 0x00);
    first[1] = 0x20;
    first[2] = 0xFE;
    first.back() = 0x20 ^ 0xFE;
    desk_.line.script = {{bytes("00 00 08 00200000 03 123456 5B"), good(first)},
                         {bytes("00 90 00 90"), good(bytes("00 40 02 9000 D2"))}};
    EXPECT_EQ(answer("00 1E 81 00 00 0C 04 02 01 09 04 00 00 00 05 00 20 00 00 00", "123456e", 900),
              frame("80 00000000 00 08 40 FB 00"));
    EXPECT_EQ(shown().back().first, "Card error");
}

TEST(Messages, OfTheDisplayAreChineseInGb2312) {
    auto const text = text_of(Message::enter_pin, Language::chinese);
    std::string const gbk{text.begin(), text.end()};
    EXPECT_EQ(gbk, "\xC7\xEB\xCA\xE4\xC8\xEB\xC3\xDC\xC2\xEB") << "请输入密码";
    EXPECT_EQ(language_of(0x0804), Language::chinese);
    EXPECT_EQ(language_of(0x0409), Language::english);
    EXPECT_EQ(language_of(0x0809), Language::english);
}

} // namespace
} // namespace terminal
