#include "host/virtual/contact_event.hpp"

#include <gtest/gtest.h>

namespace virtual_card {
namespace {

using Type = ContactEventType;

// docs/terminal.md, "Contacts".

TEST(ContactEvent, IsTwoBytesOfWhichTheFirstAloneHasItsHighestBitSet) {
    EXPECT_EQ(encode({Type::character, 0, 0x3B}), (std::array<std::uint8_t, 2>{0x80, 0x3B}));
    EXPECT_EQ(encode({Type::wrong_character, 1, 0xC5}), (std::array<std::uint8_t, 2>{0x8F, 0x05}));
    EXPECT_EQ(encode({Type::contacts, 0, 0x1D}), (std::array<std::uint8_t, 2>{0x90, 0x1D}));
    EXPECT_EQ(encode({Type::entropy, 1, 0x80}), (std::array<std::uint8_t, 2>{0xB6, 0x00}));
}

TEST(ContactEvent, ComesBackAsItWent) {
    for (unsigned type = 0; type < 16; ++type) {
        for (unsigned value = 0; value < 512; ++value) {
            ContactEvent const event{static_cast<Type>(type), static_cast<std::uint8_t>(value >> 8),
                                     static_cast<std::uint8_t>(value)};
            auto const bytes = encode(event);
            ContactEventParser parser;
            EXPECT_EQ(parser.take(bytes[0]), std::nullopt);
            EXPECT_EQ(parser.take(bytes[1]), event);
        }
    }
}

TEST(ContactEventParser, FindsItsPlaceAgainAfterALostByte) {
    ContactEventParser parser;
    EXPECT_FALSE(parser.take(0x3B)) << "a second byte without a first";
    EXPECT_FALSE(parser.take(0x80));
    EXPECT_FALSE(parser.take(0x80)) << "a first byte whose second was lost is forgotten";
    EXPECT_EQ(parser.take(0x01), (ContactEvent{Type::character, 0, 0x01}));
    EXPECT_FALSE(parser.take(0x80));
    EXPECT_FALSE(parser.take(0x40)) << "no second byte is like that";
    EXPECT_FALSE(parser.take(0x01));
}

TEST(ContactState, IsReadFromItsBits) {
    EXPECT_EQ(ContactState::from(0x00), ContactState{});
    EXPECT_EQ(ContactState::from(0x1D), (ContactState{1, true, true, true}));
    EXPECT_EQ(ContactState::from(0x03), (ContactState{3, false, false, false}));
    EXPECT_EQ(ContactState::from(0x08), (ContactState{0, false, true, false}));
}

} // namespace
} // namespace virtual_card
