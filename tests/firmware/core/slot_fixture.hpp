#pragma once

#include "firmware/core/slot.hpp"

#include "tests/apdu/hex_bytes.hpp"
#include "tests/firmware/core/scripted_line.hpp"

#include <gtest/gtest.h>

namespace terminal {

inline auto const atr_t0 = apdu::bytes("3B 6D 00 00 00 81 4E 43 23 86 97 15 99 00 BF 7C 7A");

/// A slot, and a card that answers by a script.
class ASlot : public testing::Test {
protected:
    Slot::State run(std::uint64_t ms = 2'000) {
        for (std::uint64_t i = 0; i < ms * 10 && slot_.is_busy(); ++i) {
            clock_.wait_us(100);
            slot_.step();
        }
        return slot_.step();
    }
    Bytes power_on(Bytes const& atr = atr_t0) {
        line_.atrs = {good(atr)};
        slot_.power_on(hal::VoltageClass::a);
        return run() == Slot::State::done ? apdu::copy_of(slot_.answer()) : Bytes{};
    }
    void set_parameters(std::uint8_t protocol, std::string_view data) {
        auto const parameters = apdu::ccid::Parameters::parse(protocol, apdu::bytes(data));
        ASSERT_TRUE(parameters.ok());
        slot_.set_parameters(parameters.value());
    }
    Bytes exchange(Bytes const& command, std::uint8_t multiplier = 0) {
        slot_.exchange(command, multiplier);
        return run(300'000) == Slot::State::done ? apdu::copy_of(slot_.answer())
                                                 : Bytes{slot_.error()};
    }

    TestClock clock_{};
    ScriptedLine line_{};
    Slot slot_{line_, clock_};
};

} // namespace terminal
