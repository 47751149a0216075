#include "firmware/core/driver_escapes.hpp"

#include "tests/apdu/hex_bytes.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace terminal {
namespace {

// serial-ccid.md §4.

std::optional<std::vector<std::uint8_t>> answer(std::string_view command, bool has_pad = true) {
    auto const escape = DriverEscape::answer_to(apdu::bytes(command), "KioskTerm-1.0", has_pad);
    if (!escape) {
        return std::nullopt;
    }
    return apdu::copy_of(apdu::ByteView{escape->data}.first(escape->size));
}

TEST(ADriverEscape, TellsTheFirmwaresName) {
    auto const name = answer("02");
    ASSERT_TRUE(name);
    EXPECT_EQ(std::string(name->begin(), name->end()), "KioskTerm-1.0");
}

TEST(ADriverEscape, TellsOfThePinPad) {
    EXPECT_EQ(answer("6A"),
              apdu::bytes("02 10 00 07 60 00 00 00 04 00 00 00 00 04 0C 00 00 00 00 00 00"));
    EXPECT_EQ(answer("6A", false), std::vector<std::uint8_t>(21, 0x00));
}

TEST(ADriverEscape, TakesWhatNeedsNothingDone) {
    for (std::string_view const command : {"01 01 01", "01 10 20", "B2 A0 00", "B5 01"}) {
        EXPECT_EQ(answer(command), std::vector<std::uint8_t>{}) << command;
    }
}

TEST(ADriverEscape, IsNoOther) {
    for (unsigned first = 0; first <= 0xFF; ++first) {
        bool const is_one =
            first == 0x01 || first == 0x02 || first == 0x6A || first == 0xB2 || first == 0xB5;
        std::array const command{static_cast<std::uint8_t>(first)};
        EXPECT_EQ(DriverEscape::answer_to(command, "K", true).has_value(), is_one) << first;
    }
    EXPECT_EQ(answer(""), std::nullopt);
}

} // namespace
} // namespace terminal
