#include "tests/firmware/core/update_fixture.hpp"

namespace terminal {
namespace {

TEST_F(UpdateTest, EveryChangedBitOfAHeaderIsNoticed) {
    StartedTerminal terminal = started(flash);
    ASSERT_TRUE(terminal.slots.is_signed(newer.header));
    for (std::size_t bit = 0; bit < 8 * apdu::ccid::image_header_size; ++bit) {
        auto bytes = apdu::ccid::write_image_header(newer.header);
        bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
        auto const read = apdu::ccid::read_image_header(bytes);
        ASSERT_FALSE(read && terminal.slots.is_signed(*read)) << bit;
    }
}

TEST_F(UpdateTest, ASignatureOfAnotherKeyOrByNoPointIsNone) {
    StartedTerminal terminal = started(flash);
    EXPECT_TRUE(is_signed(newer.header, terminal.back_end, signer.public_key()));
    EXPECT_FALSE(is_signed(newer.header, terminal.back_end, ImageSigner{}.public_key()));
    auto key = signer.public_key();
    key[63] ^= 1;
    EXPECT_FALSE(is_signed(newer.header, terminal.back_end, key));
    EXPECT_FALSE(is_signed(newer.header, terminal.back_end, keys::ImagePublicKey{}));
    ImageHeader unsigned_header = newer.header;
    unsigned_header.signature = {};
    EXPECT_FALSE(is_signed(unsigned_header, terminal.back_end, signer.public_key()));
}

} // namespace
} // namespace terminal
