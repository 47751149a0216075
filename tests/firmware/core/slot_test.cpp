#include "tests/firmware/core/slot_fixture.hpp"

namespace terminal {
namespace {

TEST_F(ASlot, CarriesACommandByT0) {
    power_on();
    EXPECT_TRUE(line_.format.has_error_signal);
    line_.script = {{bytes("00 B0 00 00 03"), good(bytes("60 60 B0 01 02 03 90 00"))},
                    {bytes("00 D6 00 00 02"), good(bytes("29"))},
                    {bytes("AA"), good(bytes("D6"))},
                    {bytes("BB"), good(bytes("90 00"))}};
    EXPECT_EQ(exchange(bytes("00 B0 00 00 03")), bytes("01 02 03 90 00"));
    EXPECT_EQ(exchange(bytes("00 D6 00 00 02 AA BB")), bytes("90 00"));
}

TEST_F(ASlot, TellsWhatIsWrongWithAnExchangeByT0) {
    auto const command = bytes("00 B0 00 00 03");
    auto const answer_to = [&](std::vector<hal::CardLine::Character> said) {
        power_on();
        line_.sent.clear();
        line_.script = {{command, std::move(said)}};
        return exchange(command);
    };
    EXPECT_EQ(answer_to({}), Bytes{slot_error::mute});
    EXPECT_EQ(answer_to(good(bytes("12"))), Bytes{slot_error::procedure_byte});
    EXPECT_EQ(answer_to({{0xB0, true}}), Bytes{slot_error::parity});
    line_.refuses = true;
    EXPECT_EQ(answer_to({}), Bytes{slot_error::parity});
    EXPECT_EQ(slot_.status(), IccStatus::active);
}

// A card may still be at the command that failed: its answer comes late, or it takes the next
// header for the data that it waits for.
TEST_F(ASlot, AsksACardNothingMoreAfterAnExchangeThatFailedBeforeAReset) {
    auto const command = bytes("00 B0 00 00 03");
    power_on();
    EXPECT_EQ(exchange(command), Bytes{slot_error::mute});
    line_.sent.clear();
    line_.script = {{command, good(bytes("6D 00"))}};
    EXPECT_EQ(exchange(command), Bytes{slot_error::mute});
    EXPECT_EQ(line_.sent, Bytes{});
    EXPECT_EQ(slot_.status(), IccStatus::active);
    power_on();
    EXPECT_EQ(exchange(command), bytes("6D 00"));
    // Under T=1 blocks have numbers: the host goes on.
    power_on();
    set_parameters(1, "11 10 00 4D 00 FE 00");
    auto const block = bytes("00 00 02 00 A4 A6");
    EXPECT_EQ(exchange(block), Bytes{slot_error::mute});
    line_.sent.clear();
    line_.script = {{bytes("00 82 00 82"), good(bytes("00 00 02 90 00 92"))}};
    EXPECT_EQ(exchange(bytes("00 82 00 82")), bytes("00 00 02 90 00 92"));
    power_on();
    EXPECT_EQ(exchange(bytes("FF 11 95 7B")), Bytes{slot_error::mute}) << "a PPS";
    EXPECT_EQ(exchange(command), Bytes{slot_error::mute});
}

TEST_F(ASlot, DoesNotListenToNullsForEver) {
    power_on();
    line_.script = {{bytes("00 B0 00 00 03"), good(Bytes(1'000, 0x60))}};
    EXPECT_EQ(exchange(bytes("00 B0 00 00 03")), Bytes{slot_error::mute});
}

TEST_F(ASlot, PassesOverWhatACardSaysThatNobodyAsked) {
    power_on();
    line_.coming = std::deque<hal::CardLine::Character>(100, {0x90, false});
    for (int i = 0; i < 4; ++i) {
        slot_.step();
    }
    // And in the middle of a header.
    line_.script = {{bytes("00 B0"), good(bytes("60 90 00"))},
                    {bytes("00 00 03"), good(bytes("B0 01 02 03 90 00"))}};
    EXPECT_EQ(exchange(bytes("00 B0 00 00 03")), bytes("01 02 03 90 00"));
}

TEST_F(ASlot, WaitsUntilTheCardIsSilentBeforeItSpeaks) {
    power_on();
    set_parameters(1, "11 10 00 4D 00 FE 00");
    auto const block = bytes("00 00 02 00 A4 A6");
    slot_.exchange(block, 0);
    for (int i = 0; i < 200; ++i) { // the rest of a block whose length came too small
        line_.coming.push_back({0x55, false});
        clock_.wait_us(1'000);
        slot_.step();
        ASSERT_EQ(line_.sent, Bytes{}) << i;
    }
    clock_.wait_us(2'000); // more than 11 etu
    slot_.step();
    EXPECT_EQ(line_.sent, block);
}

TEST_F(ASlot, DoesNotWaitForEverForSilence) {
    power_on();
    set_parameters(1, "11 10 00 4D 00 FE 00");
    slot_.exchange(bytes("00 00 02 00 A4 A6"), 0);
    for (int i = 0; i < 600 && slot_.is_busy(); ++i) {
        line_.coming.push_back({0x55, false});
        clock_.wait_us(1'000);
        slot_.step();
    }
    EXPECT_EQ(line_.sent.size(), 6U);
    EXPECT_FALSE(slot_.is_busy()) << "the host has what came";
}

TEST_F(ASlot, DoesNotGrantMoreTimeForEver) {
    power_on();
    set_parameters(1, "11 10 00 4D 00 FE 00");
    auto const block = bytes("00 00 02 00 A4 A6");
    auto const request = good(bytes("00 C3 01 0A C8"));
    line_.script = {{block, request}};
    EXPECT_EQ(exchange(block), bytes("00 C3 01 0A C8"));
    for (unsigned waits = 10; waits < 200; waits += 10) {
        line_.script = {{bytes("00 E3 01 0A E8"), request}};
        EXPECT_EQ(exchange(bytes("00 E3 01 0A E8"), 10), bytes("00 C3 01 0A C8")) << waits;
    }
    line_.script = {{bytes("00 E3 01 0A E8"), request}};
    EXPECT_EQ(exchange(bytes("00 E3 01 0A E8"), 10), Bytes{slot_error::mute});
    line_.script = {{block, request}};
    EXPECT_EQ(exchange(block), bytes("00 C3 01 0A C8")) << "with the next command it begins anew";
}

TEST_F(ASlot, CarriesABlockByT1) {
    power_on();
    set_parameters(1, "11 10 00 4D 00 FE 00");
    EXPECT_FALSE(line_.format.has_error_signal);
    auto const block = bytes("00 00 02 00 A4 A6");
    line_.script = {{block, good(bytes("00 00 02 90 00 92"))}};
    EXPECT_EQ(exchange(block), bytes("00 00 02 90 00 92"));
    EXPECT_EQ(slot_.position().send_number, 1);
    EXPECT_EQ(slot_.position().receive_number, 1);
}

TEST_F(ASlot, GivesBackABlockWhoseCheckIsWrongAndTellsOfWrongParity) {
    power_on();
    set_parameters(1, "11 10 00 4D 00 FE 00");
    auto const block = bytes("00 00 02 00 A4 A6");
    line_.script = {{block, good(bytes("00 00 02 90 00 93"))}};
    EXPECT_EQ(exchange(block), bytes("00 00 02 90 00 93"));
    auto garbled = good(bytes("00 00 02 90 00 92"));
    garbled[2].is_parity_wrong = true;
    line_.script = {{block, garbled}};
    EXPECT_EQ(exchange(block), Bytes{slot_error::parity});
    line_.script = {{block, good(bytes("00 00 02 90"))}};
    EXPECT_EQ(exchange(block), Bytes{slot_error::parity}) << "cut off";
    line_.script = {{block, good(Bytes(3'000, 0xFF))}};
    EXPECT_EQ(exchange(block), Bytes{slot_error::parity}) << "babble";
    line_.coming.clear();
    EXPECT_EQ(exchange(block), Bytes{slot_error::mute});
}

TEST_F(ASlot, TakesAPpsOnlyRightAfterTheReset) {
    power_on();
    auto const pps = bytes("FF 11 95 7B");
    line_.script = {{pps, good(pps)}};
    EXPECT_EQ(exchange(pps), pps);
    set_parameters(1, "95 10 00 4D 00 FE 00");
    EXPECT_EQ(line_.format.rate, (apdu::ClockRate{512, 16}));
    slot_.reset_parameters();
    EXPECT_EQ(line_.format.rate, (apdu::ClockRate{372, 1}));
    line_.sent.clear();
    line_.script = {{bytes("FF 11 95 7B 00"), good(bytes("6E 00"))}};
    EXPECT_EQ(exchange(pps), bytes("6E 00")) << "now it is a command of T=0 without P3";
}

TEST_F(ASlot, EndsWhateverGoesOnWhenTheCardLeaves) {
    power_on();
    slot_.exchange(bytes("00 B0 00 00 03"), 0);
    line_.is_in = false;
    EXPECT_EQ(slot_.step(), Slot::State::failed);
    EXPECT_EQ(slot_.error(), slot_error::mute);
    EXPECT_EQ(slot_.status(), IccStatus::absent);
    EXPECT_EQ(line_.events.back(), "VCC off");
    line_.is_in = true;
    EXPECT_EQ(slot_.status(), IccStatus::inactive);
    line_.sent.clear();
    EXPECT_EQ(power_on(), atr_t0);
    EXPECT_EQ(slot_.counts().removals, 1U);
    for (std::uint64_t us = 0; us < 200'000; us += 500) { // at each time of a reset
        line_.is_in = true;
        slot_.power_off();
        slot_.power_on(std::nullopt);
        for (std::uint64_t i = 0; i < us / 100; ++i) {
            clock_.wait_us(100);
            slot_.step();
        }
        line_.is_in = false;
        slot_.step();
        slot_.step();
        EXPECT_FALSE(slot_.is_busy());
        EXPECT_EQ(slot_.status(), IccStatus::absent);
        EXPECT_EQ(line_.events.back(), "VCC off");
    }
}

} // namespace
} // namespace terminal
