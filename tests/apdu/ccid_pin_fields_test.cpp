#include "apdu/ccid/pin_operation.hpp"

#include "tests/apdu/hex_bytes.hpp"

#include <gtest/gtest.h>

namespace apdu::ccid {
namespace {

// CCID rev. 1.1 §6.1.11 and §6.1.12.

std::vector<std::uint8_t> change_with(std::array<std::uint8_t, 3> const& format,
                                      std::uint8_t confirmation, std::uint8_t end) {
    auto data = bytes("01 00 000000 00 08 06 04 00 00 00 0408 05 000000 805E010000");
    copy_bytes(format, ByteSpan{data}.subspan(2));
    data[9] = confirmation;
    data[10] = end;
    return data;
}

PinOperation read_back(std::vector<std::uint8_t> const& data) {
    auto const operation = PinOperation::parse(data);
    EXPECT_TRUE(operation.ok());
    return operation.value();
}

TEST(PinOperationFields, SayEachFormatThatTheyCanSay) {
    for (unsigned format = 0; format <= 0xFF; ++format) {
        if ((format & 0x03U) == 0x03) { // no coding
            continue;
        }
        for (unsigned length = 0; length <= 0x1F; ++length) {
            std::array const fields{static_cast<std::uint8_t>(format), std::uint8_t{0x47},
                                    static_cast<std::uint8_t>(length)};
            auto const first = change_with(fields, 3, 2);
            PinOperation const operation = read_back(first);
            auto const second = change_with(operation.format_fields(), 3, 2);
            PinFormat const& a = operation.format;
            PinFormat const b = read_back(second).format;
            EXPECT_EQ(a.coding, b.coding);
            EXPECT_EQ(a.is_right_justified, b.is_right_justified);
            EXPECT_EQ(a.position_bits, b.position_bits);
            EXPECT_EQ(a.block_size, b.block_size);
            EXPECT_EQ(a.length_bits, b.length_bits);
            EXPECT_EQ(a.length_position_bits, b.length_position_bits);
        }
    }
}

TEST(PinOperationFields, SayHowAPinIsConfirmedAndHowItsEntryEnds) {
    for (std::uint8_t confirmation = 0; confirmation <= 3; ++confirmation) {
        for (std::uint8_t end = 0; end <= 7; ++end) {
            auto const data = change_with({0x82, 0x04, 0x00}, confirmation, end);
            PinOperation const operation = read_back(data);
            EXPECT_EQ(operation.confirmation_field(), confirmation);
            EXPECT_EQ(operation.end_field(), end);
        }
    }
}

} // namespace
} // namespace apdu::ccid
