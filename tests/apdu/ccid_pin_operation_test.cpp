#include "apdu/ccid/pin_operation.hpp"

#include "tests/apdu/hex_bytes.hpp"

#include <gtest/gtest.h>

namespace apdu::ccid {
namespace {

PinOperation parsed(std::vector<std::uint8_t> const& data) {
    auto const operation = PinOperation::parse(data);
    EXPECT_TRUE(operation.ok());
    return operation.value();
}

int bad(std::string_view text) {
    auto const data = bytes(text);
    auto const operation = PinOperation::parse(data);
    return operation.ok() ? -1 : int{operation.error()};
}

// As libccid 1.5.2 was seen to send it (serial-ccid.md §7).
TEST(PinOperation, OfAVerificationIsTakenApart) {
    auto const data =
        bytes("00 1E 82 04 00 08 04 02 01 09 04 00 00 40 0D 00 20 00 01 08 FFFFFFFFFFFFFFFF");
    PinOperation const operation = parsed(data);
    EXPECT_FALSE(operation.change);
    EXPECT_EQ(operation.timeout_s, 30);
    EXPECT_EQ(operation.format.coding, PinCoding::ascii);
    EXPECT_FALSE(operation.format.is_right_justified);
    EXPECT_EQ(operation.format.position_bits, 0);
    EXPECT_EQ(operation.format.block_size, 4);
    EXPECT_EQ(operation.format.length_bits, 0);
    EXPECT_EQ(operation.digits_min, 4);
    EXPECT_EQ(operation.digits_max, 8);
    EXPECT_TRUE(operation.end.is_entered);
    EXPECT_FALSE(operation.end.is_full);
    EXPECT_FALSE(operation.end.is_timeout);
    EXPECT_EQ(operation.messages, 1);
    EXPECT_EQ(operation.language, 0x0409);
    EXPECT_EQ(operation.prologue, (std::array<std::uint8_t, 3>{0x00, 0x40, 0x0D}));
    EXPECT_EQ(copy_of(operation.command), bytes("00 20 00 01 08 FFFFFFFFFFFFFFFF"));
}

TEST(PinOperation, OfAChangeHasAsManyMessagesAsItSays) {
    constexpr std::string_view start = "01 00 89 47 04 00 08 06 04 03 07 ";
    struct Row {
        std::string_view messages;
        std::array<std::uint8_t, 3> indices;
    };
    for (Row const& row : {Row{"00 0408 05", {5, 0, 0}}, Row{"01 0408 05 06", {5, 6, 0}},
                           Row{"02 0408 05 06", {5, 6, 0}}, Row{"03 0408 05 06 07", {5, 6, 7}}}) {
        auto const data =
            bytes(std::string{start} + std::string{row.messages} + "000000 805E010000");
        PinOperation const operation = parsed(data);
        ASSERT_TRUE(operation.change);
        EXPECT_EQ(operation.change->old_at, 0);
        EXPECT_EQ(operation.change->new_at, 8);
        EXPECT_TRUE(operation.change->is_confirmed);
        EXPECT_TRUE(operation.change->asks_old);
        EXPECT_EQ(operation.language, 0x0804);
        EXPECT_EQ(operation.message_indices, row.indices) << row.messages;
        EXPECT_EQ(copy_of(operation.command), bytes("805E010000"));
        EXPECT_EQ(operation.format.coding, PinCoding::bcd);
        EXPECT_EQ(operation.format.position_bits, 8);
        EXPECT_EQ(operation.format.length_bits, 4);
        EXPECT_EQ(operation.format.block_size, 7);
        EXPECT_EQ(operation.format.length_position_bits, 4);
    }
}

TEST(PinOperation, UnitsAreBitsOrBytes) {
    auto const format = [](std::string_view fields) {
        auto const data =
            bytes("00 00 " + std::string{fields} + " 0804 02 00 0904 00 000000 00200000");
        return parsed(data).format;
    };
    EXPECT_EQ(format("91 00 00").position_bits, 16);
    EXPECT_EQ(format("11 00 00").position_bits, 2);
    EXPECT_EQ(format("01 80 03").length_position_bits, 3);
    EXPECT_EQ(format("01 80 13").length_position_bits, 24);
    EXPECT_TRUE(format("05 08 00").is_right_justified);
}

TEST(PinOperation, TellsWhichByteOfTheMessageIsBad) {
    EXPECT_EQ(bad(""), length_at);
    EXPECT_EQ(bad("02 00 82 04 00 08 04 02 01 09 04 00 000000 00200000"), 10) << "operation";
    EXPECT_EQ(bad("00 00 83 04 00 08 04 02 01 09 04 00 000000 00200000"), 12) << "coding";
    EXPECT_EQ(bad("00 00 82 04 00 04 08 02 01 09 04 00 000000 00200000"), 16) << "min over max";
    EXPECT_EQ(bad("00 00 82 04 00 00 00 02 01 09 04 00 000000 00200000"), 16) << "no digits";
    EXPECT_EQ(bad("00 00 82 04 00 08 04 02 04 09 04 00 000000 00200000"), 18) << "messages";
    EXPECT_EQ(bad("00 00 82 04 00 08 04 02 01 09 04 00 000000 002000"), length_at) << "no header";
}

TEST(PinOperation, ThatIsCutOffAnywhereIsRefused) {
    auto const whole = bytes("01 00 89 47 04 00 08 06 04 03 07 03 0408 05 06 07 000000 805E0100");
    for (std::size_t size = 0; size < whole.size(); ++size) {
        EXPECT_FALSE(PinOperation::parse(ByteView{whole}.first(size)).ok()) << size;
    }
    EXPECT_TRUE(PinOperation::parse(whole).ok());
}

} // namespace
} // namespace apdu::ccid
