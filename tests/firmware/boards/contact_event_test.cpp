#include "firmware/boards/streams/contact_event.hpp"

#include <gtest/gtest.h>

namespace streams {
namespace {

using Kind = ContactEvent::Kind;
using Bytes = std::array<std::uint8_t, 2>;

TEST(ContactEvent, StandsInTwoBytesAsTheDocumentSays) {
    EXPECT_EQ((ContactEvent{Kind::character, 0, 0x3B}.encode()), (Bytes{0x80, 0x3B}));
    EXPECT_EQ((ContactEvent{Kind::wrong_character, 1, 0xC3}.encode()), (Bytes{0x8F, 0x03}));
    EXPECT_EQ((ContactEvent{Kind::contacts, 0, 0x1D}.encode()), (Bytes{0x90, 0x1D}));
    EXPECT_EQ((ContactEvent{Kind::rate, 1, 0x94}.encode()), (Bytes{0x9E, 0x14}));
    EXPECT_EQ((ContactEvent{Kind::entropy, 0, 0xFF}.encode()), (Bytes{0xB3, 0x3F}));
}

TEST(ContactEvent, IsReadAsItWasWritten) {
    ContactEventParser reader;
    for (unsigned type = 0; type < 8; ++type) {
        for (unsigned value = 0; value < 512; ++value) {
            ContactEvent const event{static_cast<Kind>(type),
                                     static_cast<std::uint8_t>(value >> 8U),
                                     static_cast<std::uint8_t>(value)};
            auto const bytes = event.encode();
            EXPECT_FALSE(reader.receive(bytes[0]));
            EXPECT_EQ(reader.receive(bytes[1]), event);
        }
    }
}

TEST(ContactEvent, IsFoundAgainAfterLostBytes) {
    ContactEventParser reader;
    EXPECT_FALSE(reader.receive(0x3B)); // its first byte was lost
    EXPECT_FALSE(reader.receive(0x80));
    EXPECT_FALSE(reader.receive(0x80)); // the second of the one before was lost
    EXPECT_EQ(reader.receive(0x3B), (ContactEvent{Kind::character, 0, 0x3B}));
    EXPECT_FALSE(reader.receive(0x80));
    EXPECT_FALSE(reader.receive(0x40)); // no second byte
    EXPECT_FALSE(reader.receive(0x3B));
}

} // namespace
} // namespace streams
