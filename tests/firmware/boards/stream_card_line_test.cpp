#include "firmware/boards/streams/stream_card_line.hpp"

#include "tests/firmware/boards/test_stream.hpp"

#include <gtest/gtest.h>

namespace streams {
namespace {

using Type = ContactEvent::Type;
using Sending = hal::CardLine::Sending;

/// A card side at two sockets.
class StreamCardLineTest : public testing::Test {
protected:
    StreamCardLineTest() { (void)said(); }

    void say(Type type, std::uint8_t value, std::uint8_t socket = 0) {
        auto const bytes = encode({type, socket, value});
        stream_.incoming.insert(stream_.incoming.end(), bytes.begin(), bytes.end());
    }
    /// What the terminal said since the last call, the pump included.
    std::vector<ContactEvent> said() {
        (void)line_.is_card_in();
        (void)other_.is_card_in();
        std::vector<ContactEvent> events;
        ContactEventReader reader;
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
        say(Type::contacts, 1);
        EXPECT_TRUE(line_.is_card_in());
        line_.set_supply(hal::VoltageClass::b);
        line_.set_io(true);
        line_.set_clock(true);
        line_.set_reset(true);
        (void)said();
    }

    TestStream stream_;
    TestClock clock_;
    ContactLink link_{stream_, clock_};
    StreamCardLine line_{link_, 0, 4'000'000, StreamCardLine::Pacing::none};
    StreamCardLine other_{link_, 1, 4'800'000, StreamCardLine::Pacing::real_time};
};

using Events = std::vector<ContactEvent>;

TEST_F(StreamCardLineTest, AsksWhetherACardIsInUntilItIsAnswered) {
    EXPECT_FALSE(line_.is_card_in());
    clock_.us += 500'000;
    EXPECT_EQ(said(), (Events{{Type::ask, 0, 0}, {Type::ask, 1, 0}}));
    say(Type::contacts, 1);
    say(Type::contacts, 0, 1);
    clock_.us += 500'000;
    EXPECT_TRUE(line_.is_card_in());
    EXPECT_FALSE(other_.is_card_in());
    EXPECT_EQ(said(), Events{});
}

TEST_F(StreamCardLineTest, SaysEachChangeOfAContact) {
    line_.set_supply(hal::VoltageClass::c);
    line_.set_io(true);
    line_.set_clock(true);
    line_.set_clock(true);
    line_.set_reset(true);
    other_.set_supply(hal::VoltageClass::a);
    EXPECT_EQ(said(), (Events{{Type::contacts, 0, 0x03},
                              {Type::contacts, 0, 0x13},
                              {Type::contacts, 0, 0x1B},
                              {Type::contacts, 0, 0x1F},
                              {Type::contacts, 1, 0x01}}));
}

TEST_F(StreamCardLineTest, TakesTheContactsDownWhenTheCardLeaves) {
    activate();
    say(Type::contacts, 0);
    EXPECT_FALSE(line_.is_card_in());
    EXPECT_EQ(said(), (Events{{Type::contacts, 0, 0x1A},
                              {Type::contacts, 0, 0x12},
                              {Type::contacts, 0, 0x02},
                              {Type::contacts, 0, 0x00}}));
}

TEST_F(StreamCardLineTest, SaysTheRateAsInTa1) {
    line_.set_format({.rate = {512, 8}});
    line_.set_format({});
    EXPECT_EQ(said(), (Events{{Type::rate, 0, 0x94}, {Type::rate, 0, 0x11}}));
}

TEST_F(StreamCardLineTest, GivesCharactersAndForgetsThemWithSetIo) {
    activate();
    say(Type::character, 0x3B);
    say(Type::wrong_character, 0x03);
    auto const first = line_.receive();
    ASSERT_TRUE(first);
    EXPECT_EQ(first->value, 0x3B);
    EXPECT_FALSE(first->is_parity_wrong);
    EXPECT_TRUE(line_.receive()->is_parity_wrong);
    EXPECT_FALSE(line_.receive());
    say(Type::character, 0x3B);
    EXPECT_TRUE(line_.is_card_in());
    line_.set_io(true);
    EXPECT_FALSE(line_.receive());
    line_.set_io(false);
    say(Type::character, 0x3B);
    EXPECT_FALSE(line_.receive());
}

TEST_F(StreamCardLineTest, TurnsTheInverseConventionRound) {
    activate();
    line_.set_format({.convention = hal::Convention::inverse});
    say(Type::wrong_character, 0x03);
    say(Type::character, 0x03);
    auto const right = line_.receive();
    EXPECT_EQ(right->value, 0x3F);
    EXPECT_FALSE(right->is_parity_wrong);
    EXPECT_TRUE(line_.receive()->is_parity_wrong);
    (void)said();
    line_.send(0x3F);
    EXPECT_EQ(said(), (Events{{Type::wrong_character, 0, 0x03}}));
}

TEST_F(StreamCardLineTest, AsksThreeTimesAgainForACharacterThatComesWrong) {
    activate();
    line_.set_format({.has_error_signal = true});
    (void)said();
    for (int i = 0; i < 3; ++i) {
        say(Type::wrong_character, 0x90);
        EXPECT_FALSE(line_.receive());
        EXPECT_EQ(said(), (Events{{Type::error_signal, 0, 0}}));
    }
    say(Type::wrong_character, 0x90);
    say(Type::character, 0x00);
    EXPECT_TRUE(line_.receive()->is_parity_wrong);
    EXPECT_FALSE(line_.receive()->is_parity_wrong);
    EXPECT_EQ(said(), Events{});
}

TEST_F(StreamCardLineTest, SendsACharacterThreeTimesAgainAndIsThenRefused) {
    activate();
    line_.set_format({.has_error_signal = true});
    (void)said();
    line_.send(0xA4);
    EXPECT_EQ(said(), (Events{{Type::character, 0, 0xA4}}));
    for (int i = 0; i < 3; ++i) {
        say(Type::error_signal, 0);
        EXPECT_EQ(line_.sending(), Sending::idle);
        EXPECT_EQ(said(), (Events{{Type::character, 0, 0xA4}}));
    }
    say(Type::error_signal, 0);
    EXPECT_EQ(line_.sending(), Sending::refused);
    EXPECT_EQ(line_.sending(), Sending::refused);
    line_.send(0x00);
    EXPECT_EQ(line_.sending(), Sending::idle);
}

TEST_F(StreamCardLineTest, KnowsNoErrorSignalWhereNoneIsAskedFor) {
    activate();
    line_.send(0xA4);
    say(Type::error_signal, 0);
    say(Type::wrong_character, 0x90);
    EXPECT_TRUE(line_.receive()->is_parity_wrong);
    EXPECT_EQ(said(), (Events{{Type::character, 0, 0xA4}}));
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

TEST_F(StreamCardLineTest, IsBusyWhileTheStreamTakesNothingForASecondAtMost) {
    activate();
    stream_.room = 1;
    line_.send(0x01);
    EXPECT_EQ(line_.sending(), Sending::busy);
    clock_.us += ContactLink::stalled_us;
    EXPECT_EQ(line_.sending(), Sending::idle);
    // The contacts are said again as soon as it goes on.
    stream_.room = 100;
    auto const events = said();
    ASSERT_FALSE(events.empty());
    EXPECT_EQ(events[0], (ContactEvent{Type::contacts, 0, 0x1E}));
}

TEST_F(StreamCardLineTest, KeepsTheSocketsApart) {
    activate();
    say(Type::contacts, 1, 1);
    EXPECT_TRUE(other_.is_card_in());
    other_.set_io(true);
    say(Type::character, 0x11, 1);
    say(Type::character, 0x22, 0);
    EXPECT_EQ(line_.receive()->value, 0x22);
    EXPECT_FALSE(line_.receive());
    EXPECT_EQ(other_.receive()->value, 0x11);
    say(Type::contacts, 0, 1);
    EXPECT_TRUE(line_.is_card_in());
    EXPECT_FALSE(other_.is_card_in());
}

} // namespace
} // namespace streams
