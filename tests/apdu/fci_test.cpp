#include "apdu/fci.hpp"

#include "tests/apdu/hex_bytes.hpp"
#include "tests/apdu/vector_file.hpp"

#include <gtest/gtest.h>

namespace apdu {
namespace {

// The two real answers of card.md §1.2.
constexpr std::string_view sm4_card = "6F1C 840F 7378312E73682EC9E7BBE1B1A3D5CF A509 88011E "
                                      "9F0C03860103";
constexpr std::string_view des_card = "6F16 840F 7378312E73682EC9E7BBE1B1A3D5CF A503 88011E";

TEST(Fci, AThirdGenerationCardNamesSsseItsDirectoryFileAndSm4) {
    auto const raw = bytes(sm4_card);
    auto const fci = Fci::parse(raw);
    ASSERT_TRUE(fci.ok());
    EXPECT_EQ(copy_of(fci.value().name), copy_of(ssse_name()));
    EXPECT_EQ(fci.value().directory_file_sfi, 0x1E);
    EXPECT_EQ(fci.value().algorithm, 0x03);
}

TEST(Fci, ASecondGenerationCardDoesNotNameItsAlgorithm) {
    auto const raw = bytes(des_card);
    auto const fci = Fci::parse(raw);
    ASSERT_TRUE(fci.ok());
    EXPECT_EQ(copy_of(fci.value().name), copy_of(ssse_name()));
    EXPECT_EQ(fci.value().directory_file_sfi, 0x1E);
    EXPECT_FALSE(fci.value().algorithm);
}

TEST(Fci, AnApplicationHasItsAidAndNoDirectoryFile) {
    auto const raw = bytes("6F 08 84 06 D15600000503");
    auto const fci = Fci::parse(raw);
    ASSERT_TRUE(fci.ok());
    EXPECT_EQ(copy_of(fci.value().name), bytes("D15600000503"));
    EXPECT_FALSE(fci.value().directory_file_sfi);
}

TEST(Fci, ABankCardsPaymentEnvironmentIsReadToo) {
    auto const raw = bytes(read_vectors("ber_tlv.vec").back().at("Object"));
    auto const fci = Fci::parse(raw);
    ASSERT_TRUE(fci.ok());
    EXPECT_EQ(std::string(fci.value().name.begin(), fci.value().name.end()), "1PAY.SYS.DDF01");
    EXPECT_EQ(fci.value().directory_file_sfi, 0x02);
    EXPECT_FALSE(fci.value().algorithm);
}

TEST(Fci, IssuerDataThatAreNoTlvGiveNoAlgorithm) {
    EXPECT_FALSE(Fci::parse(bytes("6F 0B 84 01 41 A5 06 9F0C 03 FF FF FF")).value().algorithm);
    EXPECT_FALSE(Fci::parse(bytes("6F 0C 84 01 41 A5 07 9F0C 04 86 02 00 03")).value().algorithm);
}

TEST(Fci, TheNameBorrowsTheBytes) {
    auto const raw = bytes(des_card);
    EXPECT_EQ(Fci::parse(raw).value().name.data(), raw.data() + 4);
}

TEST(Fci, SsseIsFifteenBytesOfGbk) {
    EXPECT_EQ(copy_of(ssse_name()), bytes("7378312E73682EC9E7BBE1B1A3D5CF"));
}

TEST(Fci, NoTemplateOrNoNameIsNotFound) {
    EXPECT_EQ(Fci::parse({}).error(), Error::not_found);
    EXPECT_EQ(Fci::parse(bytes("61 03 84 01 41")).error(), Error::not_found);
    EXPECT_EQ(Fci::parse(bytes("6F 05 A5 03 88 01 1E")).error(), Error::not_found);
    EXPECT_EQ(Fci::parse(bytes("6F 00")).error(), Error::not_found);
}

TEST(Fci, EveryShorterAnswerIsTruncated) {
    auto const whole = bytes(sm4_card);
    for (std::size_t size = 1; size < whole.size(); ++size) {
        EXPECT_EQ(Fci::parse(ByteView{whole}.first(size)).error(), Error::truncated) << size;
    }
}

TEST(Fci, LengthsThatContradictEachOtherAreTruncated) {
    EXPECT_EQ(Fci::parse(bytes("6F 03 84 06 41")).error(), Error::truncated);
    EXPECT_EQ(Fci::parse(bytes("6F 07 84 01 41 A5 02 88 01")).error(), Error::truncated);
}

TEST(Fci, BytesAfterTheTemplateAreTrailingUnlessPadding) {
    EXPECT_EQ(Fci::parse(bytes("6F 03 84 01 41 90 00")).error(), Error::trailing_bytes);
    EXPECT_TRUE(Fci::parse(bytes("6F 03 84 01 41 00 00")).ok());
}

TEST(Fci, ADirectoryFileIdentifierOfTwoBytesIsMalformed) {
    EXPECT_EQ(Fci::parse(bytes("6F 09 84 01 41 A5 04 88 02 00 1E")).error(), Error::malformed);
}

} // namespace
} // namespace apdu
