#include "firmware/core/serial_frame.hpp"

#include "tests/apdu/hex_bytes.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace terminal {
namespace {

using Came = FrameReceiver::Came;
using Bytes = std::vector<std::uint8_t>;
using apdu::bytes;
using apdu::copy_of;

// serial-ccid.md §1.

class AFrameReceiver : public testing::Test {
protected:
    /// What there is after the last of them; nothing before.
    Came receive(std::string_view text, bool is_last_damaged = false) {
        Came came = Came::nothing;
        Bytes const all = bytes(text);
        for (std::size_t i = 0; i < all.size(); ++i) {
            EXPECT_EQ(came, Came::nothing) << i;
            came = receiver_.receive(all[i], is_last_damaged && i + 1 == all.size(), now_us_);
        }
        return came;
    }

    FrameReceiver receiver_{};
    std::uint64_t now_us_ = 1'000;
    static constexpr std::string_view get_slot_status = "65 00000000 00 07 000000";
};

TEST_F(AFrameReceiver, TakesWhatIsEncoded) {
    Bytes const message = bytes(get_slot_status);
    Bytes frame(message.size() + frame_overhead);
    EXPECT_EQ(encode_frame(message, frame), frame.size());
    EXPECT_EQ(frame, bytes("03 06 65 00000000 00 07 000000 67"));
    EXPECT_EQ(receive("03 06 65 00000000 00 07 000000 67"), Came::message);
    EXPECT_EQ(copy_of(receiver_.message()), message);
    EXPECT_FALSE(receiver_.is_receiving());
}

TEST_F(AFrameReceiver, TakesAMessageWithData) {
    EXPECT_EQ(receive("03 06 6B 02000000 00 01 000000 AA BB 7C"), Came::message);
    EXPECT_EQ(copy_of(receiver_.message()), bytes("6B 02000000 00 01 000000 AA BB"));
}

TEST_F(AFrameReceiver, SaysNothingOfNoise) {
    EXPECT_EQ(receive("00 FF 06 65 00 00 03 07 03 03 06 65 00000000 00 07 000000 67"),
              Came::message);
}

TEST_F(AFrameReceiver, TellsOfAFrameThatIsDamaged) {
    EXPECT_EQ(receive("03 06 65 00000000 00 07 000000 66"), Came::damaged);
    EXPECT_EQ(copy_of(receiver_.header()), bytes(get_slot_status));
    EXPECT_EQ(receive("03 06 65 00000000 00 07 000000 67", true), Came::damaged);
    EXPECT_EQ(receive("03 06 65", true), Came::nothing);
    EXPECT_EQ(receive("00000000 00 07 000000 67"), Came::damaged) << "in its middle";
    EXPECT_EQ(receive("03 06 65 00000000 00 07 000000 67"), Came::message) << "and is over it";
}

TEST_F(AFrameReceiver, DoesNotBeginWithADamagedCharacter) {
    EXPECT_EQ(receive("03", true), Came::nothing);
    EXPECT_FALSE(receiver_.is_receiving());
}

TEST_F(AFrameReceiver, GivesUpAFrameThatStops) {
    EXPECT_EQ(receive("03 06 65 00000000 00 07 000000"), Came::nothing);
    EXPECT_EQ(receiver_.look(now_us_ + FrameReceiver::frame_gap_us - 1), Came::nothing);
    EXPECT_EQ(receiver_.look(now_us_ + FrameReceiver::frame_gap_us), Came::damaged);
    EXPECT_EQ(receiver_.look(now_us_ + FrameReceiver::frame_gap_us), Came::nothing) << "once";
    EXPECT_EQ(receive("03 06 65 00000000 00 07 0000"), Came::nothing);
    EXPECT_EQ(receiver_.look(now_us_ + FrameReceiver::frame_gap_us), Came::nothing)
        << "without a whole header";
    EXPECT_FALSE(receiver_.is_receiving());
    EXPECT_EQ(receive("03 06 65 00000000 00 07 000000 67"), Came::message);
}

TEST_F(AFrameReceiver, TakesTheLongestMessageAndNoLonger) {
    for (std::size_t const more : {0U, 1U}) {
        Bytes message(apdu::ccid::message_size_max + more, 0x5A);
        auto const length = message.size() - apdu::ccid::header_size;
        apdu::copy_bytes(bytes("6B 00000000 00 01 000000"), message);
        message[1] = static_cast<std::uint8_t>(length);
        message[2] = static_cast<std::uint8_t>(length >> 8U);
        Bytes frame(message.size() + frame_overhead);
        encode_frame(message, frame);
        Came came = Came::nothing;
        for (std::uint8_t const byte : frame) {
            came = receiver_.receive(byte, false, now_us_);
        }
        EXPECT_EQ(came, more == 0 ? Came::message : Came::damaged);
        EXPECT_EQ(receiver_.header()[0], 0x6B);
    }
}

TEST_F(AFrameReceiver, TakesWhatClaimsMoreThanTheDriverCanSendForNoise) {
    EXPECT_EQ(receive("03 06 6B FFFFFFFF"), Came::nothing);
    EXPECT_FALSE(receiver_.is_receiving());
    EXPECT_EQ(receive("03 06 65 00000000 00 07 000000 67"), Came::message);
}

TEST_F(AFrameReceiver, ForgetsWhatItIsToldToUnlessTheNextHasBegun) {
    receive("03 06 65 00000000 00 07 000000 67");
    receiver_.clear();
    EXPECT_TRUE(receiver_.message().empty());
    EXPECT_EQ(receive("03 06 65 00000000"), Came::nothing);
    receiver_.clear();
    EXPECT_EQ(receive("00 07 000000 67"), Came::message);
}

} // namespace
} // namespace terminal
