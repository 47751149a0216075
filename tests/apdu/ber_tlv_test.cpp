#include "apdu/ber_tlv.hpp"

#include "tests/apdu/hex_bytes.hpp"
#include "tests/apdu/vector_file.hpp"

#include <gtest/gtest.h>

namespace apdu {
namespace {

Error error_of_first(std::string_view hex) { return BerTlvReader{bytes(hex)}.next().error(); }

std::vector<std::uint8_t> written(std::uint32_t tag, ByteView value) {
    std::vector<std::uint8_t> out(value.size() + 6);
    out.resize(write_ber_tlv(tag, value, out).value());
    return out;
}

TEST(BerTlv, ThirdPartyObjectsAreRead) {
    for (TestVector const& vector : read_vectors("ber_tlv.vec")) {
        auto const raw = bytes(vector.at("Object"));
        BerTlvReader reader{raw};
        auto const object = reader.next();
        ASSERT_TRUE(object.ok()) << vector.at("Name");
        EXPECT_EQ(object.value().tag, bytes(vector.at("Tag")).at(0));
        EXPECT_EQ(object.value().value.size(), std::stoul(vector.at("Size")));
        EXPECT_TRUE(reader.at_end());
        EXPECT_EQ(written(object.value().tag, object.value().value), raw) << vector.at("Name");
    }
}

TEST(BerTlv, ATagMayHaveOneTwoOrThreeBytes) {
    auto const raw = bytes("84 00 9F0C 00 5F810C 00");
    BerTlvReader reader{raw};
    EXPECT_EQ(reader.next().value().tag, 0x84U);
    EXPECT_EQ(reader.next().value().tag, 0x9F0CU);
    EXPECT_EQ(reader.next().value().tag, 0x5F810CU);
    EXPECT_TRUE(reader.at_end());
}

TEST(BerTlv, Bit6OfTheFirstTagByteSaysConstructed) {
    EXPECT_TRUE((BerTlv{0x6F, {}}.is_constructed()));
    EXPECT_TRUE((BerTlv{0xA5, {}}.is_constructed()));
    EXPECT_TRUE((BerTlv{0xBF0C, {}}.is_constructed()));
    EXPECT_FALSE((BerTlv{0x84, {}}.is_constructed()));
    EXPECT_FALSE((BerTlv{0x9F0C, {}}.is_constructed()));
    EXPECT_FALSE((BerTlv{0x9FFF20, {}}.is_constructed()));
}

TEST(BerTlv, PaddingBetweenObjectsIsSkipped) {
    auto const raw = bytes("00 00 88 01 1E 00 86 01 03 00");
    BerTlvReader reader{raw};
    EXPECT_EQ(reader.next().value().tag, 0x88U);
    EXPECT_EQ(reader.next().value().tag, 0x86U);
    EXPECT_TRUE(reader.at_end());
    EXPECT_EQ(reader.next().error(), Error::not_found);
}

TEST(BerTlv, NothingAtAllIsTheEnd) {
    BerTlvReader reader{{}};
    EXPECT_TRUE(reader.at_end());
    EXPECT_EQ(reader.next().error(), Error::not_found);
}

TEST(BerTlv, ALengthMayBeLongerThanItNeedBe) {
    auto const raw = bytes("84 82 00 01 55");
    EXPECT_EQ(copy_of(BerTlvReader{raw}.next().value().value), bytes("55"));
}

TEST(BerTlv, EveryShorterObjectIsTruncated) {
    auto const whole = bytes("9F0C 82 00 03 86 01 03");
    for (std::size_t size = 1; size < whole.size(); ++size) {
        EXPECT_EQ(BerTlvReader{ByteView{whole}.first(size)}.next().error(), Error::truncated)
            << size;
    }
}

TEST(BerTlv, ATagOfFourBytesIsMalformed) {
    EXPECT_EQ(error_of_first("5F 81 81 01 00"), Error::malformed);
}

TEST(BerTlv, TheIndefiniteLengthIsMalformed) {
    EXPECT_EQ(error_of_first("6F 80 00 00"), Error::malformed);
}

TEST(BerTlv, ALengthFieldOverThreeBytesIsMalformed) {
    EXPECT_EQ(error_of_first("6F 83 00 00 01 55"), Error::malformed);
    EXPECT_EQ(error_of_first("6F FF 00"), Error::malformed);
}

TEST(BerTlv, AfterAnErrorTheReaderStaysWhereItIs) {
    auto const raw = bytes("84 05 55");
    BerTlvReader reader{raw};
    EXPECT_EQ(reader.next().error(), Error::truncated);
    EXPECT_EQ(reader.next().error(), Error::truncated);
    EXPECT_FALSE(reader.at_end());
}

TEST(BerTlv, FindGivesTheFirstWithTheTagAndDoesNotLookInside) {
    auto const raw = bytes("A5 03 88 01 1E 88 01 01 88 01 02");
    EXPECT_EQ(copy_of(find_ber_tlv(raw, 0x88).value()), bytes("01"));
    EXPECT_EQ(find_ber_tlv(raw, 0x86).error(), Error::not_found);
}

TEST(BerTlv, FindReportsWhatBreaksBeforeTheTag) {
    EXPECT_EQ(find_ber_tlv(bytes("84 05 55"), 0x88).error(), Error::truncated);
    EXPECT_EQ(find_ber_tlv(bytes("6F 80 88 01 01"), 0x88).error(), Error::malformed);
}

TEST(BerTlv, WritesTheShortestLength) {
    for (std::size_t const size : {0U, 1U, 127U, 128U, 255U, 256U, 65535U}) {
        std::vector<std::uint8_t> const value(size, 0xAB);
        auto const out = written(0x84, value);
        EXPECT_EQ(out.size(), 1 + (size < 128 ? 1U : size < 256 ? 2U : 3U) + size) << size;
        BerTlvReader reader{out};
        auto const read = reader.next();
        ASSERT_TRUE(read.ok()) << size;
        EXPECT_EQ(copy_of(read.value().value), value);
        EXPECT_TRUE(reader.at_end());
    }
}

TEST(BerTlv, WritesTagsOfEachLength) {
    EXPECT_EQ(written(0x84, bytes("55")), bytes("84 01 55"));
    EXPECT_EQ(written(0x9F0C, bytes("55")), bytes("9F0C 01 55"));
    EXPECT_EQ(written(0x5F810C, bytes("55")), bytes("5F810C 01 55"));
}

TEST(BerTlv, ABufferTooSmallStaysUntouched) {
    auto out = bytes("11 11 11");
    EXPECT_EQ(write_ber_tlv(0x84, bytes("55 66"), out).error(), Error::buffer_too_small);
    EXPECT_EQ(out, bytes("11 11 11"));
}

TEST(BerTlvDeathTest, ATagThatCannotBeReadBackIsABug) {
    auto out = bytes("00 00 00 00 00 00 00 00");
    for (std::uint32_t const tag : {0x00U, 0x1FU, 0x5F81U, 0x8488U, 0x01000000U}) {
        EXPECT_DEATH((void)write_ber_tlv(tag, {}, out), "broken requirement") << tag;
    }
}

} // namespace
} // namespace apdu
