#include "tests/firmware/core/update_fixture.hpp"

namespace terminal {
namespace {

TEST_F(UpdateTest, AHeaderIsReadAsItWasWritten) {
    auto const bytes = write_image_header(newer.header);
    auto const read = read_image_header(bytes);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->board, sample_board);
    EXPECT_EQ(read->version, 6U);
    EXPECT_EQ(read->size, 603U);
    EXPECT_EQ(write_image_header(*read), bytes);
}

TEST_F(UpdateTest, EveryChangedBitOfAHeaderIsNoticed) {
    StartedTerminal terminal = started(flash);
    ASSERT_TRUE(terminal.slots.is_signed(newer.header));
    for (std::size_t bit = 0; bit < 8 * image_header_size; ++bit) {
        auto bytes = write_image_header(newer.header);
        bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
        auto const read = read_image_header(bytes);
        ASSERT_FALSE(read && terminal.slots.is_signed(*read)) << bit;
    }
}

TEST_F(UpdateTest, AHeaderOfAnotherSizeIsNone) {
    auto const bytes = write_image_header(newer.header);
    EXPECT_FALSE(read_image_header(apdu::ByteView{bytes}.first(bytes.size() - 1)));
    EXPECT_FALSE(read_image_header({}));
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
