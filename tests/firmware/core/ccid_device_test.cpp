#include "tests/firmware/core/test_desk.hpp"

#include <gtest/gtest.h>

namespace terminal {
namespace {

using apdu::bytes;

/// A command, and its answer with no card, with one that is off, and with one that is on.
struct AnswerRow {
    std::string_view command, absent, inactive, active;
};
constexpr AnswerRow answer_rows[] = {
    {"65 00000000 00 07 000000", "81 00000000 00 07 02 00 01", "81 00000000 00 07 01 00 01",
     "81 00000000 00 07 00 00 00"},
    {"63 00000000 00 07 000000", "81 00000000 00 07 02 00 01", "81 00000000 00 07 01 00 01",
     "81 00000000 00 07 01 00 01"},
    {"62 00000000 00 07 000000", "80 00000000 00 07 42 FE 00", "80 02000000 00 07 00 00 00 3B00",
     "80 02000000 00 07 00 00 00 3B00"},
    {"62 00000000 00 07 040000", "80 00000000 00 07 42 07 00", "80 00000000 00 07 41 07 00",
     "80 00000000 00 07 40 07 00"},
    {"62 01000000 00 07 000000 AA", "80 00000000 00 07 42 01 00", "80 00000000 00 07 41 01 00",
     "80 00000000 00 07 40 01 00"},
    {"6F 05000000 00 07 000000 0084000000", "80 00000000 00 07 42 FE 00",
     "80 00000000 00 07 41 FE 00", "80 02000000 00 07 00 00 00 6D00"},
    {"6F 00000000 00 07 000000", "80 00000000 00 07 42 FE 00", "80 00000000 00 07 41 FE 00",
     "80 00000000 00 07 40 01 00"},
    {"6F 05000000 00 07 000100 0084000000", "80 00000000 00 07 42 FE 00",
     "80 00000000 00 07 41 FE 00", "80 00000000 00 07 40 08 00"},
    {"6C 00000000 00 07 000000", "82 05000000 00 07 02 00 00 1100000A00",
     "82 05000000 00 07 01 00 00 1100000A00", "82 05000000 00 07 00 00 00 1100000A00"},
    {"6D 00000000 00 07 000000", "82 00000000 00 07 42 FE 00", "82 00000000 00 07 41 FE 00",
     "82 05000000 00 07 00 00 00 1100000A00"},
    {"61 07000000 00 07 010000 9510004D00FE00", "82 00000000 00 07 42 FE 00",
     "82 00000000 00 07 41 FE 00", "82 07000000 00 07 00 00 01 9510004D00FE00"},
    {"61 05000000 00 07 000000 9500000A04", "82 00000000 00 07 42 FE 00",
     "82 00000000 00 07 41 FE 00", "82 00000000 00 07 40 0E 00"},
    {"6E 00000000 00 07 010000", "81 00000000 00 07 42 FE 01", "81 00000000 00 07 41 FE 01",
     "81 00000000 00 07 00 00 01"},
    {"6E 00000000 00 07 020000", "81 00000000 00 07 42 FE 01", "81 00000000 00 07 41 FE 01",
     "81 00000000 00 07 40 07 00"},
    {"6A 00000000 00 07 000000", "81 00000000 00 07 42 00 01", "81 00000000 00 07 41 00 01",
     "81 00000000 00 07 40 00 00"},
    {"71 00000000 00 07 010000", "81 00000000 00 07 42 00 01", "81 00000000 00 07 41 00 01",
     "81 00000000 00 07 40 00 00"},
    {"71 00000000 00 07 060000", "81 00000000 00 07 42 07 01", "81 00000000 00 07 41 07 01",
     "81 00000000 00 07 40 07 00"},
    {"72 00000000 00 07 000000", "81 00000000 00 07 02 00 01", "81 00000000 00 07 01 00 01",
     "81 00000000 00 07 00 00 00"},
    {"73 08000000 00 07 000000 A00F000000280000", "84 00000000 00 07 42 00 00",
     "84 00000000 00 07 41 00 00", "84 00000000 00 07 40 00 00"},
    {"73 00000000 00 07 000000", "84 00000000 00 07 42 01 00", "84 00000000 00 07 41 01 00",
     "84 00000000 00 07 40 01 00"},
    {"6B 01000000 00 07 000000 02", "83 01000000 00 07 02 00 00 02",
     "83 01000000 00 07 01 00 00 02", "83 01000000 00 07 00 00 00 02"},
    {"6B 00000000 00 07 000000", "83 00000000 00 07 42 00 00", "83 00000000 00 07 41 00 00",
     "83 00000000 00 07 40 00 00"},
    {"69 00000000 00 07 000000", "80 00000000 00 07 42 FE 00", "80 00000000 00 07 41 FE 00",
     "80 00000000 00 07 40 01 00"},
    {"65 00000000 01 07 000000", "81 00000000 01 07 42 05 00", "81 00000000 01 07 42 05 00",
     "81 00000000 01 07 42 05 00"},
    {"99 00000000 00 07 000000", "81 00000000 00 07 42 00 01", "81 00000000 00 07 41 00 01",
     "81 00000000 00 07 40 00 00"},
};
class ADevice : public testing::Test {
protected:
    TestDesk desk_{Echo::none};
};

// The frames of a good run of the stock driver: serial-ccid.md §4.
TEST(ADeviceWithEcho, AnswersAsTheStockDriverExpects) {
    TestDesk desk{Echo::header};
    EXPECT_EQ(desk.answer("6B 01000000 00 00 000000 02"),
              bytes("03 06 6B 00000000 00 00 000000 6E"
                    "03 06 83 01000000 00 00 01 00 00 02 84"));
    desk.line.is_in = false;
    EXPECT_EQ(desk.answer("65 00000000 00 01 000000"),
              bytes("03 06 65 00000000 00 01 000000 61"
                    "03 06 81 00000000 00 01 02 00 01 86"));
}

// terminal.md §1: each command, with no card, with one that is off, and with one that is on.
TEST_F(ADevice, AnswersEachCommandInEachStateOfTheSlot) {
    for (AnswerRow const& row : answer_rows) {
        desk_.line.is_in = false;
        desk_.run(1);
        EXPECT_EQ(desk_.answer(row.command, 60), frame(row.absent)) << row.command << ", absent";
        desk_.line.is_in = true;
        desk_.line.atrs = {good(bytes("3B 00"))};
        desk_.answer("63 00000000 00 00 000000");
        EXPECT_EQ(desk_.answer(row.command, 60), frame(row.inactive)) << row.command << ", off";
        desk_.power_on();
        desk_.line.sent.clear();
        desk_.line.script = {{bytes("0084000000"), good(bytes("6D00"))}};
        EXPECT_EQ(desk_.answer(row.command, 60), frame(row.active)) << row.command << ", on";
        desk_.answer("63 00000000 00 00 000000");
    }
}

TEST_F(ADevice, SaysNothingToNoise) {
    desk_.host.write(bytes("00 FF 03 03 06 AA 55 80 03 15 16 65"));
    desk_.run(200);
    EXPECT_EQ(desk_.host.from_terminal, Bytes{});
    EXPECT_EQ(desk_.answer("65 00000000 00 00 000000").size(), 13U);
}

TEST_F(ADevice, RefusesAFrameThatIsDamagedOrTooLong) {
    auto damaged = frame("65 00000000 00 05 000000");
    damaged.back() ^= 1U;
    desk_.host.write(damaged);
    desk_.run(10);
    EXPECT_EQ(std::exchange(desk_.host.from_terminal, {}), frame("81 00000000 00 05 41 01 01"));
    auto escape = frame("6B 01000000 00 05 000000 02");
    escape.back() ^= 1U;
    desk_.host.write(escape);
    desk_.run(10);
    EXPECT_EQ(std::exchange(desk_.host.from_terminal, {}), bytes("03 15 16")) << "comes once more";
    Bytes too_long = bytes("03 06 6F 06010000 00 05 000000");
    too_long.resize(too_long.size() + 0x106 + 1, 0);
    desk_.host.write(too_long);
    desk_.run(10);
    EXPECT_EQ(std::exchange(desk_.host.from_terminal, {}), frame("80 00000000 00 05 41 01 00"));
    desk_.host.write(bytes("03 06 6F 05000000 00 05 000000 00"));
    desk_.run(200);
    EXPECT_EQ(std::exchange(desk_.host.from_terminal, {}), frame("80 00000000 00 05 41 01 00"))
        << "half of one";
    EXPECT_EQ(desk_.answer("65 00000000 00 00 000000").size(), 13U);
}

TEST_F(ADevice, AnswersTheNewerOfTwoCommandsOnly) {
    desk_.power_on();
    EXPECT_EQ(desk_.answer("6F 05000000 00 08 000000 0084000008", 5), Bytes{});
    EXPECT_EQ(desk_.answer("65 00000000 00 09 000000"), frame("81 00000000 00 09 00 00 00"));
    EXPECT_EQ(desk_.answer("6F 05000000 00 0A 000000 0084000008", 5),
              frame("80 00000000 00 0A 40 E0 00"))
        << "the card is still at the first";
    desk_.line.coming = {{0x6D, false}, {0x00, false}};
    desk_.run(20);
    EXPECT_EQ(desk_.host.from_terminal, Bytes{}) << "nobody waits for it any more";
    desk_.line.script = {{bytes("0084000008"), good(bytes("6D00"))}};
    desk_.line.sent.clear();
    EXPECT_EQ(desk_.answer("6F 05000000 00 0B 000000 0084000008"),
              frame("80 02000000 00 0B 00 00 00 6D00"));
}

TEST_F(ADevice, GivesNoCommandTheAnswerToOneThatWasAborted) {
    desk_.power_on();
    EXPECT_EQ(desk_.answer("6F 05000000 00 08 000000 0084000008", 5), Bytes{});
    EXPECT_EQ(desk_.answer("72 00000000 00 09 000000"), frame("81 00000000 00 09 00 00 00"));
    EXPECT_EQ(desk_.answer("6F 05000000 00 0A 000000 0020000003", 5),
              frame("80 00000000 00 0A 40 E0 00"))
        << "the card is still at the first";
    desk_.line.coming = {{0x6D, false}, {0x00, false}};
    desk_.run(20);
    EXPECT_EQ(desk_.host.from_terminal, Bytes{});
    desk_.line.script = {{bytes("0020000003"), good(bytes("6984"))}};
    desk_.line.sent.clear();
    EXPECT_EQ(desk_.answer("6F 05000000 00 0B 000000 0020000003"),
              frame("80 02000000 00 0B 00 00 00 6984"));
}

TEST_F(ADevice, HoldsItsAnswerWhileANewerCommandComesIn) {
    desk_.power_on();
    desk_.answer("6F 05000000 00 08 000000 0084000008", 5);
    auto const status = frame("65 00000000 00 09 000000");
    desk_.host.write(Bytes(status.begin(), status.begin() + 6));
    desk_.run(1);
    desk_.line.coming = {{0x6D, false}, {0x00, false}};
    desk_.run(5);
    EXPECT_EQ(desk_.host.from_terminal, Bytes{});
    desk_.host.write(Bytes(status.begin() + 6, status.end()));
    desk_.run(5);
    EXPECT_EQ(desk_.host.from_terminal, frame("81 00000000 00 09 00 00 00"));
}

TEST_F(ADevice, ShowsEachSecondThatItWorks) {
    desk_.power_on();
    desk_.answer("61 05000000 00 00 000000 1100003200"); // WI 50: 4.5 s
    EXPECT_EQ(desk_.answer("6F 05000000 00 08 000000 0084000008", 3'500), bytes("80 80 80"));
    desk_.run(2'000);
    auto const timeout = frame("80 00000000 00 08 40 FE 00");
    Bytes const& all = desk_.host.from_terminal;
    ASSERT_GE(all.size(), timeout.size());
    EXPECT_EQ(Bytes(all.end() - static_cast<std::ptrdiff_t>(timeout.size()), all.end()), timeout);
}

TEST_F(ADevice, TellsOfACardThatLeavesInTheMiddle) {
    desk_.power_on();
    desk_.answer("6F 05000000 00 08 000000 0084000008", 5);
    desk_.line.is_in = false;
    desk_.run(2);
    EXPECT_EQ(desk_.host.from_terminal, frame("80 00000000 00 08 42 FE 00"));
}

} // namespace
} // namespace terminal
