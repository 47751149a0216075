#include "apdu/command.hpp"

#include "tests/apdu/hex_bytes.hpp"

#include <gtest/gtest.h>

#include <array>

namespace apdu {
namespace {

constexpr Command header_only{Cla::interindustry, Ins::select, 0x04, 0x00};

std::vector<std::uint8_t> encode_all(Command const& command) {
    std::vector<std::uint8_t> out(command.encoded_size());
    EXPECT_EQ(command.encode(out).value(), out.size());
    return out;
}

std::vector<std::uint8_t> data_of_size(std::size_t size) {
    std::vector<std::uint8_t> data(size);
    for (std::size_t i = 0; i < size; ++i) {
        data[i] = static_cast<std::uint8_t>(i * 7 + 1);
    }
    return data;
}

// The seven forms of ISO/IEC 7816-4:2020 §5.2.
TEST(Command, Case1IsTheHeaderAlone) { EXPECT_EQ(encode_all(header_only), bytes("00 A4 04 00")); }
TEST(Command, Case2SHasLe) {
    EXPECT_EQ(encode_all(header_only.expecting(8)), bytes("00 A4 04 00 08"));
}
TEST(Command, Case3SHasLcAndData) {
    EXPECT_EQ(encode_all(header_only.with_data(bytes("EF 05"))), bytes("00 A4 04 00 02 EF 05"));
}
TEST(Command, Case4SHasLcDataAndLe) {
    EXPECT_EQ(encode_all(header_only.with_data(bytes("EF 05")).expecting(16)),
              bytes("00 A4 04 00 02 EF 05 10"));
}
TEST(Command, Case2EHasThreeBytesOfLe) {
    EXPECT_EQ(encode_all(header_only.expecting(257)), bytes("00 A4 04 00 00 01 01"));
}
TEST(Command, Case3EHasThreeBytesOfLc) {
    auto const data = data_of_size(256);
    auto const encoded = encode_all(header_only.with_data(data));
    EXPECT_EQ(encoded.size(), 4U + 3U + 256U);
    EXPECT_EQ(copy_of(ByteView{encoded}.first(7)), bytes("00 A4 04 00 00 01 00"));
    EXPECT_EQ(copy_of(ByteView{encoded}.subspan(7)), data);
}
TEST(Command, Case4EHasThreeBytesOfLcAndTwoOfLe) {
    EXPECT_EQ(encode_all(header_only.with_data(bytes("EF 05")).expecting(65536)),
              bytes("00 A4 04 00 00 00 02 EF 05 00 00"));
}

// Where the forms end.
TEST(Command, Ne256IsWritten00InTheShortForm) {
    EXPECT_EQ(encode_all(header_only.expecting(256)), bytes("00 A4 04 00 00"));
}
TEST(Command, Ne65536IsWritten0000InTheExtendedForm) {
    EXPECT_EQ(encode_all(header_only.expecting(65536)), bytes("00 A4 04 00 00 00 00"));
}
TEST(Command, Nc255IsTheLongestShortForm) {
    auto const data = data_of_size(255);
    EXPECT_TRUE(header_only.with_data(data).is_short());
    EXPECT_EQ(encode_all(header_only.with_data(data).expecting(256)).size(),
              short_command_size_max);
}
TEST(Command, EitherOfNcAndNeMakesItExtended) {
    auto const data = data_of_size(256);
    EXPECT_FALSE(header_only.with_data(data).is_short());
    EXPECT_FALSE(header_only.expecting(257).is_short());
    EXPECT_FALSE(header_only.with_data(bytes("00")).expecting(257).is_short());
}
TEST(Command, Nc65535WithNe65536IsTheLongestOfAll) {
    auto const data = data_of_size(nc_max);
    EXPECT_EQ(encode_all(header_only.with_data(data).expecting(ne_max)).size(),
              4U + 3U + 65535U + 2U);
}

TEST(Command, ParsingUndoesEncodingAtEveryBoundary) {
    for (std::size_t const nc : {0U, 1U, 2U, 127U, 254U, 255U, 256U, 257U, 4242U, 65534U, 65535U}) {
        auto const data = data_of_size(nc);
        for (std::size_t const ne : {0U, 1U, 255U, 256U, 257U, 4242U, 65535U, 65536U}) {
            Command const command =
                Command{Cla{0x84}, Ins::update_record, 0x01, 0x2C}.with_data(data).expecting(ne);
            auto const encoded = encode_all(command);
            auto const parsed = Command::parse(encoded);
            ASSERT_TRUE(parsed.ok()) << nc << " " << ne;
            EXPECT_EQ(parsed.value().cla(), command.cla());
            EXPECT_EQ(parsed.value().ins(), command.ins());
            EXPECT_EQ(parsed.value().p1(), 0x01);
            EXPECT_EQ(parsed.value().p2(), 0x2C);
            EXPECT_EQ(parsed.value().ne(), ne) << nc;
            EXPECT_TRUE(equal_bytes(parsed.value().data(), data)) << nc << " " << ne;
            EXPECT_EQ(encode_all(parsed.value()), encoded);
        }
    }
}

TEST(Command, EncodedSizeIsWhatEncodeWrites) {
    std::vector<std::uint8_t> out(70000);
    for (std::size_t const nc : {0U, 1U, 255U, 256U}) {
        auto const data = data_of_size(nc);
        for (std::size_t const ne : {0U, 1U, 256U, 257U}) {
            Command const command = header_only.with_data(data).expecting(ne);
            EXPECT_EQ(command.encode(out).value(), command.encoded_size());
        }
    }
}

TEST(Command, ABufferTooSmallStaysUntouched) {
    auto const data = data_of_size(4);
    Command const command = header_only.with_data(data).expecting(256);
    std::vector<std::uint8_t> out(command.encoded_size() - 1, 0x55);
    EXPECT_EQ(command.encode(out).error(), Error::buffer_too_small);
    EXPECT_EQ(out, std::vector<std::uint8_t>(out.size(), 0x55));
    EXPECT_EQ(command.encode({}).error(), Error::buffer_too_small);
}

TEST(Command, ParsedDataBorrowTheBytes) {
    auto const raw = bytes("00 A4 02 00 02 EF 05");
    EXPECT_EQ(Command::parse(raw).value().data().data(), raw.data() + 5);
}

// Real commands of the field, card.md §1.2, §1.5 and §3.5.
TEST(Command, FieldCommandsAreReadAsTheyAreMeant) {
    auto const select = bytes("00 A4 02 00 02 EF 05");
    EXPECT_EQ(copy_of(Command::parse(select).value().data()), bytes("EF 05"));
    EXPECT_EQ(Command::parse(select).value().ne(), 0U);

    auto const read = bytes("00 B2 01 00 12");
    EXPECT_EQ(Command::parse(read).value().ins(), Ins::read_record);
    EXPECT_EQ(Command::parse(read).value().ne(), 0x12U);
    EXPECT_TRUE(Command::parse(read).value().data().empty());

    auto const unblock = bytes("84 24 00 00 04 53 8B DA 0B");
    EXPECT_TRUE(Command::parse(unblock).value().cla().has_secure_messaging());
    EXPECT_EQ(copy_of(Command::parse(unblock).value().data()), bytes("53 8B DA 0B"));
}

TEST(Command, VerifyWithLengthZeroReadsAsLe256) {
    auto const parsed = Command::parse(bytes("00 20 00 00 00"));
    ASSERT_TRUE(parsed.ok());
    EXPECT_TRUE(parsed.value().data().empty());
    EXPECT_EQ(parsed.value().ne(), 256U);
}

TEST(Command, FewerThanFourBytesAreTruncated) {
    for (auto const* const hex : {"", "00", "00 A4", "00 A4 04"}) {
        EXPECT_EQ(Command::parse(bytes(hex)).error(), Error::truncated) << hex;
    }
}

TEST(Command, LcBeyondTheEndIsTruncated) {
    EXPECT_EQ(Command::parse(bytes("00 A4 04 00 03 EF 05")).error(), Error::truncated);
    EXPECT_EQ(Command::parse(bytes("00 A4 04 00 00 00 03 EF 05")).error(), Error::truncated);
}

TEST(Command, HalfAnExtendedLeIsTruncated) {
    EXPECT_EQ(Command::parse(bytes("00 A4 04 00 00 00 02 EF 05 00")).error(), Error::truncated);
}

TEST(Command, MoreThanLcAndLeAccountForIsTrailing) {
    EXPECT_EQ(Command::parse(bytes("00 A4 04 00 02 EF 05 10 00")).error(), Error::trailing_bytes);
    EXPECT_EQ(Command::parse(bytes("00 A4 04 00 00 00 02 EF 05 00 00 00")).error(),
              Error::trailing_bytes);
}

TEST(Command, LcZeroDoesNotExist) {
    EXPECT_EQ(Command::parse(bytes("00 A4 04 00 00 10")).error(), Error::trailing_bytes);
    EXPECT_EQ(Command::parse(bytes("00 A4 04 00 00 00 00 10")).error(), Error::trailing_bytes);
}

TEST(Command, AnExtendedFormOfShortLengthsIsRead) {
    auto const raw = bytes("00 A4 04 00 00 00 02 EF 05");
    auto const parsed = Command::parse(raw);
    ASSERT_TRUE(parsed.ok());
    EXPECT_EQ(copy_of(parsed.value().data()), bytes("EF 05"));
    EXPECT_EQ(Command::parse(bytes("00 B0 00 00 00 00 10")).value().ne(), 16U);
}

TEST(CommandDeathTest, DataOver65535BytesAreABug) {
    auto const data = data_of_size(65536);
    EXPECT_DEATH((void)header_only.with_data(data), "broken requirement");
}

TEST(CommandDeathTest, NeOver65536IsABug) {
    EXPECT_DEATH((void)header_only.expecting(65537), "broken requirement");
}

// All of it works while compiling.
constexpr std::array<std::uint8_t, 6> aid{0xD1, 0x56, 0x00, 0x00, 0x05, 0x03};
constexpr auto encoded_select = [] {
    std::array<std::uint8_t, 12> out{};
    auto const size = header_only.with_data(aid).expecting(256).encode(out);
    require(size.ok() && size.value() == out.size());
    return out;
}();
static_assert(encoded_select == std::array<std::uint8_t, 12>{0x00, 0xA4, 0x04, 0x00, 0x06, 0xD1,
                                                             0x56, 0x00, 0x00, 0x05, 0x03, 0x00});
constexpr auto parsed_select = Command::parse(encoded_select);
static_assert(parsed_select.value().ne() == 256);

} // namespace
} // namespace apdu
