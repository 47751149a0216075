#include "keys/pin_command.hpp"

#include "tests/keys/vectors.hpp"

#include <gtest/gtest.h>

#include <string_view>

namespace keys {
namespace {

using apdu::bytes;
using apdu::ccid::PinChange;
using apdu::ccid::PinCoding;
using apdu::ccid::PinFormat;
using apdu::ccid::PinOperation;

// CCID rev. 1.1 §6.1.11.

class ATaker final : public CommandTaker {
public:
    void take(apdu::ByteView command) override { taken = apdu::copy_of(command); }
    Bytes taken{};
};

class APinCommand : public testing::Test {
protected:
    Bytes build(PinFormat format, std::string_view command, std::string_view current,
                std::string_view fresh = {}, std::optional<PinChange> change = {}) {
        Bytes const given = bytes(command);
        PinOperation operation{};
        operation.format = format;
        operation.digits_min = 1;
        operation.digits_max = 8;
        operation.change = change;
        operation.command = given;
        if (!PinCommand::has_room(operation)) {
            return {};
        }
        TypedPin old_pin;
        TypedPin new_pin;
        for (auto const& [pin, digits] : {std::pair{&old_pin, current}, {&new_pin, fresh}}) {
            for (char const digit : digits) {
                (void)pin->add(static_cast<std::uint8_t>(digit - '0'));
            }
        }
        PinCommand built;
        built.build(operation, old_pin, new_pin);
        ATaker taker;
        built.give(taker);
        return taker.taken;
    }
    bool has_room(PinFormat format, std::string_view command, std::uint8_t digits_max,
                  std::optional<PinChange> change = {}) {
        Bytes const given = bytes(command);
        PinOperation operation{};
        operation.format = format;
        operation.digits_max = digits_max;
        operation.change = change;
        operation.command = given;
        return PinCommand::has_room(operation);
    }
};

TEST_F(APinCommand, HasDigitsOverTheBytesOfABlock) {
    EXPECT_EQ(build({.coding = PinCoding::ascii, .block_size = 8},
                    "00 20 00 01 08 FFFFFFFFFFFFFFFF", "1234"),
              bytes("00 20 00 01 08 31323334FFFFFFFF"));
    EXPECT_EQ(build({.coding = PinCoding::binary, .block_size = 8},
                    "00 20 00 01 08 FFFFFFFFFFFFFFFF", "1234"),
              bytes("00 20 00 01 08 01020304FFFFFFFF"));
    EXPECT_EQ(
        build({.coding = PinCoding::bcd, .block_size = 4}, "00 20 00 01 04 FFFFFFFF", "12345"),
        bytes("00 20 00 01 04 12345FFF"));
}

TEST_F(APinCommand, HasThemOnTheRightWhereTheFormatSaysSo) {
    EXPECT_EQ(build({.coding = PinCoding::bcd, .is_right_justified = true, .block_size = 4},
                    "00 20 00 01 04 00000000", "12345"),
              bytes("00 20 00 01 04 00012345"));
}

TEST_F(APinCommand, HasTheLengthWhereTheFormatSaysSo) { // ISO 9564 format 2
    EXPECT_EQ(build({.coding = PinCoding::bcd,
                     .position_bits = 8,
                     .block_size = 7,
                     .length_bits = 4,
                     .length_position_bits = 4},
                    "00 20 00 01 08 20FFFFFFFFFFFFFF", "12345"),
              bytes("00 20 00 01 08 2512345FFFFFFFFF"));
}

TEST_F(APinCommand, GrowsByAPinWithoutABlock) {
    EXPECT_EQ(build({.coding = PinCoding::bcd}, "00 20 00 00", "123456"),
              bytes("00 20 00 00 03 123456"));
    EXPECT_EQ(build({.coding = PinCoding::bcd}, "00 20 00 00 00", "12345"),
              bytes("00 20 00 00 03 12345F"));
    EXPECT_EQ(build({.coding = PinCoding::ascii, .position_bits = 8}, "00 20 00 00 02 AABB", "12"),
              bytes("00 20 00 00 04 AA 3132 BB"));
    EXPECT_EQ(build({.coding = PinCoding::ascii}, "00 20 00 00 01 AA 00", "12"),
              bytes("00 20 00 00 03 3132 AA 00"))
        << "Le stays behind";
}

TEST_F(APinCommand, HasBothPinsOfAChangeInWhicheverOrder) {
    PinFormat const block{.coding = PinCoding::bcd, .block_size = 4};
    constexpr std::string_view command = "80 5E 01 00 08 FFFFFFFFFFFFFFFF";
    EXPECT_EQ(build(block, command, "123456", "654321", PinChange{0, 4, true, true}),
              bytes("80 5E 01 00 08 123456FF654321FF"));
    EXPECT_EQ(build(block, command, "123456", "654321", PinChange{4, 0, true, true}),
              bytes("80 5E 01 00 08 654321FF123456FF"));
    EXPECT_EQ(build(block, command, "", "654321", PinChange{0, 4, true, false}),
              bytes("80 5E 01 00 08 FFFFFFFF654321FF"));
}

TEST_F(APinCommand, GrowsByBothPinsOfAChange) {
    PinFormat const none{.coding = PinCoding::bcd};
    constexpr std::string_view command =
        "80 5E 01 00 01 FF"; // a separator, as social cards have it
    EXPECT_EQ(build(none, command, "123456", "65432", PinChange{0, 1, true, true}),
              bytes("80 5E 01 00 07 123456 FF 65432F"));
    EXPECT_EQ(build(none, command, "123456", "65432", PinChange{1, 0, true, true}),
              bytes("80 5E 01 00 07 65432F FF 123456"));
    EXPECT_EQ(build(none, "80 5E 01 00", "1234", "5678", PinChange{0, 0, true, true}),
              bytes("80 5E 01 00 04 1234 5678"))
        << "the old one first";
}

TEST_F(APinCommand, HasNoRoomBeyondItsDataField) {
    PinFormat const ascii{.coding = PinCoding::ascii, .block_size = 8};
    EXPECT_TRUE(has_room(ascii, "00 20 00 01 08 FFFFFFFFFFFFFFFF", 8));
    EXPECT_TRUE(has_room(ascii, "00 20 00 01 08 FFFFFFFFFFFFFFFF 00", 8)) << "Le";
    EXPECT_FALSE(has_room(ascii, "00 20 00 01 07 FFFFFFFFFFFFFF", 8));
    EXPECT_FALSE(has_room(ascii, "00 20 00 01 08 FFFFFFFFFFFFFF", 8)) << "a byte is missing";
    EXPECT_FALSE(has_room(ascii, "00 20 00 01 08 FFFFFFFFFFFFFFFF", 9));
    EXPECT_FALSE(has_room(ascii, "00 20 00 01 08 FFFFFFFFFFFFFFFF FF FF", 8)) << "too long";
    EXPECT_FALSE(has_room({.coding = PinCoding::ascii, .position_bits = 8, .block_size = 8},
                          "00 20 00 01 08 FFFFFFFFFFFFFFFF", 8));
    EXPECT_FALSE(has_room({.coding = PinCoding::bcd}, "00 20 00 00", 33));
    EXPECT_FALSE(has_room({.coding = PinCoding::bcd, .position_bits = 4}, "00 20 00 00 01 00", 4));
    EXPECT_FALSE(has_room({.coding = PinCoding::bcd, .length_bits = 4}, "00 20 00 00 01 00", 4));
    EXPECT_FALSE(
        has_room({.coding = PinCoding::bcd}, "80 5E 01 00 01 FF", 4, PinChange{0, 2, true, true}));
}

TEST_F(APinCommand, GrowsToAnLcOf255) {
    std::string command = "00 20 00 00 FB";
    for (int i = 0; i < 251; ++i) {
        command += "00";
    }
    EXPECT_TRUE(has_room({.coding = PinCoding::bcd}, command, 8));
    EXPECT_FALSE(has_room({.coding = PinCoding::bcd}, command, 9));
}

TEST_F(APinCommand, IsEmptyOnceItIsCleared) {
    PinCommand command;
    ATaker taker;
    taker.taken = {1};
    command.clear();
    command.give(taker);
    EXPECT_TRUE(taker.taken.empty());
}

} // namespace
} // namespace keys
