// The terminal's side of T=0, procedure byte by procedure byte. ISO/IEC 7816-3:2006 §10.3.
#include "apdu/t0/terminal.hpp"

#include "tests/apdu/hex_bytes.hpp"

#include <gtest/gtest.h>

namespace apdu::t0 {
namespace {

class T0Terminal : public ::testing::Test {
protected:
    void begin(std::string const& command) {
        command_ = bytes(command);
        action_ = terminal_.begin(command_);
    }
    void give(std::string const& characters) {
        for (std::uint8_t const character : bytes(characters)) {
            action_ = terminal_.receive(character);
        }
    }
    void expect_sent(std::string const& expected) {
        ASSERT_EQ(action_.kind, Action::Kind::send);
        EXPECT_EQ(copy_of(action_.bytes), bytes(expected));
    }
    void expect_receiving() { EXPECT_EQ(action_.kind, Action::Kind::receive); }
    void expect_done(std::string const& expected) {
        ASSERT_EQ(action_.kind, Action::Kind::done);
        EXPECT_EQ(copy_of(action_.bytes), bytes(expected));
    }
    void expect_failed(Error error) {
        ASSERT_EQ(action_.kind, Action::Kind::fail);
        EXPECT_EQ(action_.error, error);
    }

    Terminal terminal_{};
    std::vector<std::uint8_t> command_{};
    Action action_{Action::Kind::fail};
};

TEST_F(T0Terminal, Case1GoesOutWithP3Zero) {
    begin("00 20 00 00");
    expect_sent("00 20 00 00 00");
    give("63");
    expect_receiving();
    give("C6");
    expect_done("63C6");
}

TEST_F(T0Terminal, Case2TakesWhatP3Says) {
    begin("00 84 00 00 08");
    expect_sent("00 84 00 00 08");
    give("84");
    expect_receiving();
    give("11 22 33 44 55 66 77 88");
    expect_receiving();
    give("90 00");
    expect_done("11 22 33 44 55 66 77 88 90 00");
}

TEST_F(T0Terminal, Case2WithP3ZeroTakes256) {
    begin("00 B0 00 00 00");
    give("B0");
    std::string const data(512, 'A');
    give(data);
    give("90 00");
    expect_done(data + "9000");
}

TEST_F(T0Terminal, Case3SendsTheDataWhenTheCardAsks) {
    begin("00 A4 00 00 02 3F 00");
    expect_sent("00 A4 00 00 02");
    give("A4");
    expect_sent("3F 00");
    give("61 16");
    expect_done("6116");
}

// A whole case 4 APDU: its Le stays behind. serial-ccid.md §6.
TEST_F(T0Terminal, AnLeBehindTheDataIsNotSent) {
    begin("00 A4 00 00 02 3F 00 00");
    give("A4");
    expect_sent("3F 00");
}

TEST_F(T0Terminal, GoesByteByByteWhereTheCardWantsIt) {
    begin("00 D6 00 00 03 01 02 03");
    give("29"); // INS ^ FF
    expect_sent("01");
    give("29");
    expect_sent("02");
    give("D6"); // and then all that is left
    expect_sent("03");
    give("90 00");
    expect_done("9000");
    begin("00 B0 00 00 03");
    give("4F");
    give("11");
    give("60 4F 22 B0 33");
    give("90 00");
    expect_done("11 22 33 90 00");
}

TEST_F(T0Terminal, WaitsAsLongAsNullsCome) {
    begin("00 A4 00 00 02 3F 00");
    give("60 60 60");
    expect_receiving();
    give("A4");
    expect_sent("3F 00");
    give("60 60 90");
    give("60"); // SW2: no NULL any more
    expect_done("9060");
}

TEST_F(T0Terminal, IsNotHeldForEver) {
    begin("00 84 00 00 08");
    for (unsigned i = 0; i < nulls_max; ++i) {
        give("60");
        expect_receiving();
    }
    give("60");
    expect_failed(Error::too_many_rounds);
}

TEST_F(T0Terminal, AnAnswerMayComeBeforeTheData) {
    begin("00 D6 00 00 03 01 02 03");
    give("69 82");
    expect_done("6982");
    begin("00 B0 00 00 10");
    give("6C 05");
    expect_done("6C05");
}

TEST_F(T0Terminal, ACardMayEndInTheMiddle) {
    begin("00 B0 00 00 03");
    give("4F 11 62 82");
    expect_done("11 62 82");
}

// Each character that a procedure byte can be.
TEST_F(T0Terminal, ProcedureBytesAreTheStandardsTable) {
    for (unsigned character = 0; character < 256; ++character) {
        begin("00 B0 00 00 02");
        action_ = terminal_.receive(static_cast<std::uint8_t>(character));
        bool const is_known =
            character >> 4U == 6 || character >> 4U == 9 || character == 0xB0 || character == 0x4F;
        EXPECT_EQ(action_.kind == Action::Kind::receive, is_known) << character;
        if (!is_known) {
            expect_failed(Error::malformed);
        }
    }
}

TEST_F(T0Terminal, ACardThatAsksForMoreThanThereIsIsWrong) {
    begin("00 A4 00 00 02 3F 00");
    give("A4");
    give("A4");
    expect_failed(Error::malformed);
    begin("00 20 00 00");
    give("20");
    expect_failed(Error::malformed);
    begin("00 B0 00 00 01");
    give("B0 11 4F");
    expect_failed(Error::malformed);
}

TEST_F(T0Terminal, ACommandThatT0DoesNotCarryIsNotSent) {
    for (auto const* const command :
         {"", "00 A4 00", "00 60 00 00 00", "00 9A 00 00 00", "00 A4 00 00 00 3F",
          "00 A4 00 00 03 3F 00", "00 A4 00 00 02 3F 00 00 00"}) {
        begin(command);
        expect_failed(Error::malformed);
    }
}

TEST_F(T0Terminal, TellsACardThatIsMute) {
    begin("00 84 00 00 08");
    give("84 11");
    action_ = terminal_.time_out();
    expect_failed(Error::timed_out);
    begin("00 84 00 00 02");
    give("84 11 22 90 00");
    expect_done("11 22 90 00");
}

} // namespace
} // namespace apdu::t0
