#include "firmware/boards/streams/stream_card_line.hpp"

#include "tests/firmware/boards/test_stream.hpp"

#include <gtest/gtest.h>

namespace streams {
namespace {

using Kind = ContactEvent::Kind;
using Sending = hal::CardLine::Sending;

/// A card side at two sockets.
class StreamCardLineTest : public testing::Test {
protected:
    StreamCardLineTest() { (void)said(); }

    void say(Kind kind, std::uint8_t value, std::uint8_t socket = 0) {
        auto const bytes = ContactEvent{kind, socket, value}.encode();
        stream_.incoming.insert(stream_.incoming.end(), bytes.begin(), bytes.end());
    }
    /// What the terminal said since the last call, the pump included.
    std::vector<ContactEvent> said() {
        (void)line_.is_card_in();
        (void)other_.is_card_in();
        std::vector<ContactEvent> events;
        ContactEventParser reader;
        for (std::uint8_t const byte : stream_.sent) {
            if (auto const event = reader.receive(byte)) {
                events.push_back(*event);
            }
        }
        stream_.sent.clear();
        return events;
    }
    /// The contacts are up.
    void activate() {
        say(Kind::contacts, 1);
        EXPECT_TRUE(line_.is_card_in());
        line_.set_supply(hal::VoltageClass::b);
        line_.set_io(true);
        line_.set_clock(true);
        line_.set_reset(true);
        (void)said();
    }

    TestStream stream_;
    TestClock clock_;
    ContactPort port_{stream_};
    StreamCardLine line_{port_, 0, clock_, 4'000'000, false};
    StreamCardLine other_{port_, 1, clock_, 4'800'000, true};
};

using Events = std::vector<ContactEvent>;

TEST_F(StreamCardLineTest, TellsWhoeverComesAllThatItMustKnow) {
    activate();
    stream_.peer = 2;
    EXPECT_FALSE(line_.is_card_in());
    EXPECT_EQ(said(), (Events{{Kind::hello, 0, 0},
                              {Kind::contacts, 0, 0x1E},
                              {Kind::rate, 0, 0x11},
                              {Kind::hello, 1, 0},
                              {Kind::contacts, 1, 0},
                              {Kind::rate, 1, 0x11}}));
}

TEST_F(StreamCardLineTest, ForgetsAllThatCameWithTheChangeOfIo) {
    activate();
    for (unsigned i = 0; i < 200; ++i) { // more than a line would hold
        say(Kind::character, 0x90);
    }
    line_.set_io(true);
    say(Kind::character, 0x3B);
    auto const first = line_.receive();
    ASSERT_TRUE(first);
    EXPECT_EQ(first->value, 0x3B);
}

TEST_F(StreamCardLineTest, SaysEachChangeOfAContact) {
    line_.set_supply(hal::VoltageClass::c);
    line_.set_io(true);
    line_.set_clock(true);
    line_.set_reset(true);
    other_.set_supply(hal::VoltageClass::a);
    EXPECT_EQ(said(), (Events{{Kind::contacts, 0, 0x03},
                              {Kind::contacts, 0, 0x13},
                              {Kind::contacts, 0, 0x1B},
                              {Kind::contacts, 0, 0x1F},
                              {Kind::contacts, 1, 0x01}}));
}

TEST_F(StreamCardLineTest, TakesTheContactsDownWhenTheCardLeaves) {
    activate();
    say(Kind::contacts, 0);
    EXPECT_FALSE(line_.is_card_in());
    EXPECT_EQ(said(), (Events{{Kind::contacts, 0, 0x1A},
                              {Kind::contacts, 0, 0x12},
                              {Kind::contacts, 0, 0x02},
                              {Kind::contacts, 0, 0x00}}));
}

TEST_F(StreamCardLineTest, SaysTheRateAsInTa1) {
    line_.set_format({.rate = {512, 8}});
    line_.set_format({});
    EXPECT_EQ(said(), (Events{{Kind::rate, 0, 0x94}, {Kind::rate, 0, 0x11}}));
}

TEST_F(StreamCardLineTest, GivesCharactersAndForgetsThemWithSetIo) {
    activate();
    say(Kind::character, 0x3B);
    say(Kind::wrong_character, 0x03);
    auto const first = line_.receive();
    ASSERT_TRUE(first);
    EXPECT_EQ(first->value, 0x3B);
    EXPECT_FALSE(first->is_parity_wrong);
    EXPECT_TRUE(line_.receive()->is_parity_wrong);
    EXPECT_FALSE(line_.receive());
    say(Kind::character, 0x3B);
    EXPECT_TRUE(line_.is_card_in());
    line_.set_io(true);
    EXPECT_FALSE(line_.receive());
    line_.set_io(false);
    say(Kind::character, 0x3B);
    EXPECT_FALSE(line_.receive());
}

TEST_F(StreamCardLineTest, TurnsTheInverseConventionRound) {
    activate();
    line_.set_format({.convention = hal::Convention::inverse});
    say(Kind::wrong_character, 0x03);
    say(Kind::character, 0x03);
    auto const right = line_.receive();
    EXPECT_EQ(right->value, 0x3F);
    EXPECT_FALSE(right->is_parity_wrong);
    EXPECT_TRUE(line_.receive()->is_parity_wrong);
    (void)said();
    line_.send(0x3F);
    EXPECT_EQ(said(), (Events{{Kind::wrong_character, 0, 0x03}}));
}

TEST_F(StreamCardLineTest, TurnsCharactersRoundThatCameBeforeTheConventionWasKnown) {
    activate();
    say(Kind::wrong_character, 0x03);
    say(Kind::wrong_character, 0x03);
    EXPECT_EQ(line_.receive()->value, 0x03);
    line_.set_format({.convention = hal::Convention::inverse});
    auto const next = line_.receive();
    EXPECT_EQ(next->value, 0x3F);
    EXPECT_FALSE(next->is_parity_wrong);
}

TEST_F(StreamCardLineTest, AsksThreeTimesAgainForACharacterThatComesWrong) {
    activate();
    line_.set_format({.has_error_signal = true});
    (void)said();
    for (int i = 0; i < 3; ++i) {
        say(Kind::wrong_character, 0x90);
        EXPECT_FALSE(line_.receive());
        EXPECT_EQ(said(), (Events{{Kind::error_signal, 0, 0}}));
    }
    say(Kind::wrong_character, 0x90);
    say(Kind::character, 0x00);
    EXPECT_TRUE(line_.receive()->is_parity_wrong);
    EXPECT_FALSE(line_.receive()->is_parity_wrong);
    EXPECT_EQ(said(), Events{});
}

TEST_F(StreamCardLineTest, SendsACharacterThreeTimesAgainAndIsThenRefused) {
    activate();
    line_.set_format({.has_error_signal = true});
    (void)said();
    line_.send(0xA4);
    EXPECT_EQ(said(), (Events{{Kind::character, 0, 0xA4}}));
    for (int i = 0; i < 3; ++i) {
        say(Kind::error_signal, 0);
        EXPECT_EQ(line_.sending(), Sending::busy);
        EXPECT_EQ(said(), (Events{{Kind::character, 0, 0xA4}}));
    }
    say(Kind::error_signal, 0);
    EXPECT_EQ(line_.sending(), Sending::refused);
    EXPECT_EQ(line_.sending(), Sending::refused);
    line_.send(0x00);
    EXPECT_EQ(line_.sending(), Sending::busy);
    say(Kind::taken, 0);
    EXPECT_EQ(line_.sending(), Sending::idle);
}

TEST_F(StreamCardLineTest, WaitsForACardThatDoesNotSayHowItTookACharacterForAWhile) {
    activate();
    line_.set_format({.has_error_signal = true});
    line_.send(0xA4);
    clock_.us += 49'999;
    EXPECT_EQ(line_.sending(), Sending::busy);
    clock_.us += 1;
    EXPECT_EQ(line_.sending(), Sending::idle);
}

TEST_F(StreamCardLineTest, KnowsNoErrorSignalWhereNoneIsAskedFor) {
    activate();
    line_.send(0xA4);
    say(Kind::error_signal, 0);
    say(Kind::wrong_character, 0x90);
    EXPECT_TRUE(line_.receive()->is_parity_wrong);
    EXPECT_EQ(said(), (Events{{Kind::character, 0, 0xA4}}));
}

TEST_F(StreamCardLineTest, TakesTheGuardTimeForEachCharacterWhereItIsPaced) {
    // 12 etu of 372 cycles at 4.8 MHz are 930 µs.
    other_.send(0x01);
    EXPECT_EQ(other_.sending(), Sending::busy);
    clock_.us += 929;
    EXPECT_EQ(other_.sending(), Sending::busy);
    clock_.us += 1;
    EXPECT_EQ(other_.sending(), Sending::idle);
    // What is late does not add up.
    clock_.us += 100;
    other_.send(0x02);
    clock_.us += 829;
    EXPECT_EQ(other_.sending(), Sending::busy);
    clock_.us += 1;
    EXPECT_EQ(other_.sending(), Sending::idle);
    // After a pause it begins anew.
    clock_.us += 1'000'000;
    other_.send(0x03);
    clock_.us += 929;
    EXPECT_EQ(other_.sending(), Sending::busy);
}

TEST_F(StreamCardLineTest, KeepsTheSocketsApart) {
    activate();
    say(Kind::contacts, 1, 1);
    EXPECT_TRUE(other_.is_card_in());
    other_.set_io(true);
    say(Kind::character, 0x11, 1);
    say(Kind::character, 0x22, 0);
    EXPECT_EQ(line_.receive()->value, 0x22);
    EXPECT_FALSE(line_.receive());
    EXPECT_EQ(other_.receive()->value, 0x11);
    say(Kind::contacts, 0, 1);
    EXPECT_TRUE(line_.is_card_in());
    EXPECT_FALSE(other_.is_card_in());
}

} // namespace
} // namespace streams
