// Cards that say too much, too little or too late.
#include "tests/firmware/core/slot_fixture.hpp"

namespace terminal {
namespace {

using apdu::bytes;
using apdu::ccid::IccStatus;
namespace slot_error = apdu::ccid::slot_error;

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

TEST_F(ASlot, DoesNotListenToNullsForEver) {
    power_on();
    line_.script = {{bytes("00 B0 00 00 03"), good(Bytes(1'000, 0x60))}};
    EXPECT_EQ(exchange(bytes("00 B0 00 00 03")), Bytes{slot_error::mute});
}

} // namespace
} // namespace terminal
