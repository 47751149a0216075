#include "host/virtual/line_time.hpp"

#include "tests/apdu/hex_bytes.hpp"

#include <gtest/gtest.h>

namespace virtual_card {
namespace {

using std::chrono::microseconds;
using std::chrono::nanoseconds;

std::size_t etu_of(LineTime const& line, std::string_view command, std::string_view answer) {
    return exchange_etu(line, apdu::bytes(command), apdu::bytes(answer));
}

std::size_t characters_of(std::string_view command, std::string_view answer) {
    return line_characters(apdu::bytes(command), apdu::bytes(answer)).all();
}

TEST(LineTime, OfACommandWithoutDataIsItsHeaderAndItsStatusWord) {
    // CLA INS P1 P2 (12 each) P3 (16, the card's turn) SW1 (12) SW2 (16, the reader's turn)
    EXPECT_EQ(etu_of({}, "8416000000", "6700"), 4 * 12 + 16 + 12 + 16U);
    EXPECT_EQ(etu_of({}, "80E00200", "9000"), 4 * 12 + 16 + 12 + 16U) << "P3 goes out all the same";
    EXPECT_EQ(characters_of("80E00200", "9000"), 5 + 2U);
}

TEST(LineTime, OfDataFromTheCardHasTheProcedureByteBeforeThem) {
    EXPECT_EQ(characters_of("0084000008", "11223344556677889000"), 5 + 1 + 8 + 2U);
    EXPECT_EQ(etu_of({}, "0084000008", "11223344556677889000"),
              4 * 12 + 16 + (1 + 8 + 1) * 12 + 16U);
    EXPECT_EQ(etu_of({}, "00B2010400", "6C12"), 4 * 12 + 16 + 12 + 16U) << "no data, no such byte";
}

TEST(LineTime, OfDataToTheCardTurnsTwiceMore) {
    EXPECT_EQ(characters_of("00A4000002DDF1", "6118"), 5 + 1 + 2 + 2U);
    EXPECT_EQ(etu_of({}, "00A4000002DDF1", "6118"), 4 * 12 + 16 + 16 + 12 + 16 + 12 + 16U);
}

TEST(LineTime, LeavesTheLeBehindDataOut) {
    EXPECT_EQ(etu_of({}, "00A4000002DDF100", "6118"), etu_of({}, "00A4000002DDF1", "6118"));
}

TEST(LineTime, HasMoreGuardTimeTowardsTheCardOnly) {
    LineTime const guarded{.guard_etu = 5};
    EXPECT_EQ(etu_of(guarded, "0084000008", "11223344556677889000"),
              4 * 17 + 16 + (1 + 8 + 1) * 12 + 16U);
    EXPECT_EQ(etu_of(guarded, "00A4000002DDF1", "6118"), 4 * 17 + 16 + 16 + 17 + 16 + 12 + 16U);
    EXPECT_EQ(etu_of({.guard_etu = 255}, "0084000008", "6700"), etu_of({}, "0084000008", "6700"))
        << "255 is 12 etu under T=0";
}

TEST(LineTime, IsFiOverDiClocksAnEtu) {
    auto const command = apdu::bytes("80E0020000");
    auto const answer = apdu::bytes("9000");
    EXPECT_EQ(exchange_time({.clock_hz = 3'720'000}, command, answer), microseconds{92 * 100});
    EXPECT_EQ(exchange_time({.fi = 512, .di = 8, .clock_hz = 4'000'000}, command, answer),
              microseconds{92 * 16});
    // 9600 baud: 104 µs a bit
    EXPECT_EQ(exchange_time({}, command, answer), nanoseconds{9'583'333});
}

TEST(LineTime, OfAResetIsTheAtrAndWhereTheLineIsFasterPps) {
    // 400 clocks, then 17 characters at 372 clocks an etu; PPS and its answer 4 characters each
    LineTime const slow{.clock_hz = 4'000'000};
    EXPECT_EQ(reset_time(slow, 17), nanoseconds{(400 + 17 * 12 * 372) * 250});
    LineTime const fast{.fi = 512, .di = 8, .clock_hz = 4'000'000};
    EXPECT_EQ(reset_time(fast, 17), nanoseconds{(400 + (17 * 12 + 2 * (3 * 12 + 16)) * 372) * 250});
}

TEST(LineTotal, AddsExchangesUp) {
    LineTime const line{.clock_hz = 3'720'000};
    LineTotal total;
    total.add(line, apdu::bytes("80E0020000"), apdu::bytes("9000"));
    total.add(line, apdu::bytes("00A4000002DDF1"), apdu::bytes("6118"));
    EXPECT_EQ(total.commands, 2U);
    EXPECT_EQ(total.characters, 7 + 10U);
    EXPECT_EQ(total.time, microseconds{(92 + 136) * 100});
}

TEST(LineTimeText, AloneIs9600Baud) {
    EXPECT_EQ(parse_line_time("").value(), LineTime{});
    EXPECT_EQ(LineTime{}.clock_hz / LineTime{}.fi, 9600U);
}

TEST(LineTimeText, NamesWhatIsOtherwise) {
    LineTime const line =
        parse_line_time("fi=512,di=8,clock_hz=4000000,guard_etu=2,work_us=1500,write_us=3000")
            .value();
    EXPECT_EQ(line, (LineTime{512, 8, 4'000'000, 2, microseconds{1500}, microseconds{3000}}));
    EXPECT_EQ(parse_line_time("write_us=1,fi=2048").value(),
              (LineTime{.fi = 2048, .write_work = microseconds{1}}));
}

TEST(LineTimeText, OfNoLineThatThereIsIsRefused) {
    for (char const* const text : {"9600",
                                   "fi",
                                   "fi=",
                                   "fi=x",
                                   "fi=373",
                                   "fi=65908",
                                   "di=3",
                                   "di=0",
                                   "di=257",
                                   "clock_hz=999999",
                                   "clock_hz=5000001",
                                   "fi=2048,clock_hz=20000001",
                                   "guard_etu=256",
                                   "work_us=1000001",
                                   "write_us=-1",
                                   "baud=9600",
                                   "fi=512;di=8",
                                   "fi=512,,di=8",
                                   " fi=512",
                                   "fi=4294967668"}) {
        EXPECT_FALSE(parse_line_time(text).ok()) << text;
    }
    EXPECT_TRUE(parse_line_time("fi=2048,clock_hz=20000000").ok());
}

} // namespace
} // namespace virtual_card
