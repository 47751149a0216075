#include "tests/firmware/core/slot_fixture.hpp"

namespace terminal {
namespace {

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

} // namespace
} // namespace terminal
