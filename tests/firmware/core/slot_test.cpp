#include "tests/firmware/core/slot_fixture.hpp"

#include <gtest/gtest.h>

namespace terminal {
namespace {

using apdu::bytes;
using apdu::copy_of;
using apdu::ccid::IccStatus;
namespace slot_error = apdu::ccid::slot_error;

TEST_F(ASlot, TakesTheContactsUpAndDownInTheStandardsOrder) {
    line_.events.clear();
    EXPECT_EQ(slot_.status(), IccStatus::inactive);
    EXPECT_EQ(power_on(), atr_t0);
    EXPECT_EQ(line_.events, (std::vector<std::string>{"RST low", "CLK off", "I/O low", "VCC off",
                                                      "VCC A", "I/O high", "CLK", "RST high"}));
    EXPECT_EQ(slot_.status(), IccStatus::active);
    line_.events.clear();
    slot_.power_off();
    EXPECT_EQ(line_.events, (std::vector<std::string>{"RST low", "CLK off", "I/O low", "VCC off"}));
    EXPECT_EQ(slot_.status(), IccStatus::inactive);
}

TEST_F(ASlot, ResetsACardThatHasPowerWarm) {
    power_on();
    line_.events.clear();
    EXPECT_EQ(power_on(), atr_t0);
    EXPECT_EQ(line_.events, (std::vector<std::string>{"CLK", "RST low", "I/O high", "RST high"}));
}

TEST_F(ASlot, TriesEachVoltageUntilOneIsAnswered) {
    line_.atrs = {good(atr_t0)};
    line_.needed_voltage = hal::VoltageClass::c;
    slot_.power_on(std::nullopt);
    EXPECT_EQ(run(), Slot::State::done);
    std::vector<std::string> voltages;
    for (auto const& event : line_.events) {
        if (event.starts_with("VCC ") && event != "VCC off") {
            voltages.push_back(event);
        }
    }
    EXPECT_EQ(voltages, (std::vector<std::string>{"VCC A", "VCC B", "VCC C"}));
}

TEST_F(ASlot, SaysThatAMuteCardIsMuteAndTakesItsPower) {
    slot_.power_on(hal::VoltageClass::a);
    EXPECT_EQ(run(), Slot::State::failed);
    EXPECT_EQ(slot_.error(), slot_error::mute);
    EXPECT_EQ(slot_.status(), IccStatus::inactive);
    EXPECT_EQ(line_.events.back(), "VCC off");
}

TEST_F(ASlot, WaitsLongerWhereALineIsSlowToTell) {
    std::uint64_t const before_us = clock_.now_us();
    slot_.power_on(hal::VoltageClass::a);
    ASSERT_EQ(run(), Slot::State::failed);
    std::uint64_t const at_once_us = clock_.now_us() - before_us;
    line_.lag = 150'000;
    std::uint64_t const again_us = clock_.now_us();
    slot_.power_on(hal::VoltageClass::a);
    ASSERT_EQ(run(), Slot::State::failed);
    EXPECT_GE(clock_.now_us() - again_us, at_once_us + 150'000);
}

TEST_F(ASlot, AsksAnAnswerThatCameGarbledForOnceMore) {
    auto garbled = good(atr_t0);
    garbled[3].is_parity_wrong = true;
    line_.atrs = {garbled, good(atr_t0)};
    slot_.power_on(hal::VoltageClass::a);
    EXPECT_EQ(run(), Slot::State::done);
    EXPECT_EQ(slot_.counts().parity, 1U);
    line_.atrs = {garbled, garbled};
    slot_.power_on(hal::VoltageClass::a);
    EXPECT_EQ(run(), Slot::State::failed);
    EXPECT_EQ(slot_.error(), slot_error::parity);
}

TEST_F(ASlot, AsksAnAnswerThatStopsInTheMiddleForOnceMore) {
    line_.atrs = {good(bytes("3B 6D 00")), good(atr_t0)};
    slot_.power_on(hal::VoltageClass::a);
    EXPECT_EQ(run(5'000), Slot::State::done);
    EXPECT_EQ(copy_of(slot_.answer()), atr_t0);
}

TEST_F(ASlot, TellsWhatIsWrongWithAnAnswer) {
    EXPECT_EQ(power_on(bytes("3A 00")), Bytes{});
    EXPECT_EQ(slot_.error(), slot_error::bad_ts);
    EXPECT_EQ(power_on(bytes("3B 80 81 31 FE 45 00")), Bytes{});
    EXPECT_EQ(slot_.error(), slot_error::bad_tck);
    EXPECT_EQ(power_on(bytes("3B 6D 00 00 00")), Bytes{}) << "it stops in the middle";
    EXPECT_EQ(slot_.error(), slot_error::mute);
}

TEST_F(ASlot, ReadsTheInverseConvention) {
    auto characters = good(bytes("03 00"));
    characters[0].is_parity_wrong = true;
    line_.atrs = {characters};
    slot_.power_on(hal::VoltageClass::a);
    ASSERT_EQ(run(), Slot::State::done);
    EXPECT_EQ(copy_of(slot_.answer()), bytes("3F 00"));
    EXPECT_EQ(line_.format.convention, hal::Convention::inverse);
    EXPECT_TRUE(slot_.parameters().is_inverse);
}

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
