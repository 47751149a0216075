#include "apdu/atr.hpp"

#include "tests/apdu/hex_bytes.hpp"
#include "tests/apdu/vector_file.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace apdu {
namespace {

Atr parsed(std::string_view hex) { return Atr::parse(bytes(hex)).value(); }

std::optional<std::uint8_t> optional_byte(std::string const& hex) {
    return hex == "-" ? std::nullopt : std::optional{bytes(hex).at(0)};
}

TEST(Atr, ThirdPartyAnswersAreTakenApartAsOthersDo) {
    auto const vectors = read_vectors("atr.vec");
    EXPECT_GE(vectors.size(), 14U);
    for (TestVector const& vector : vectors) {
        auto const raw = bytes(vector.at("Atr"));
        auto const atr = Atr::parse(raw);
        ASSERT_TRUE(atr.ok()) << vector.at("Name");
        EXPECT_EQ(copy_of(atr.value().bytes()), raw) << vector.at("Name");
        EXPECT_EQ(copy_of(atr.value().historical()), bytes(vector.at("Historical")))
            << vector.at("Name");
        EXPECT_EQ(atr.value().ta1(), optional_byte(vector.at("Ta1"))) << vector.at("Name");
        EXPECT_EQ(atr.value().tb1(), optional_byte(vector.at("Tb1"))) << vector.at("Name");
        EXPECT_EQ(atr.value().tc1(), optional_byte(vector.at("Tc1"))) << vector.at("Name");
        std::string const& protocols = vector.at("Protocols");
        EXPECT_EQ(atr.value().offers(Protocol::t0), protocols.find('0') != std::string::npos);
        EXPECT_EQ(atr.value().offers(Protocol::t1), protocols.find('1') != std::string::npos);
        EXPECT_EQ(atr.value().default_protocol(),
                  protocols.front() == '1' ? Protocol::t1 : Protocol::t0);
    }
}

// card.md §1.3: 3B 6D 00 00 and 13 historical bytes.
TEST(Atr, ASocialSecurityCardsAnswerHoldsThirteenHistoricalBytes) {
    Atr const atr = parsed("3B 6D 00 00 00 81 4E 43 23 86 97 15 99 00 BF 7C 7A");
    EXPECT_EQ(copy_of(atr.historical()), bytes("00 81 4E 43 23 86 97 15 99 00 BF 7C 7A"));
    EXPECT_TRUE(atr.offers(Protocol::t0));
    EXPECT_FALSE(atr.offers(Protocol::t1));
    EXPECT_EQ(atr.default_protocol(), Protocol::t0);
    EXPECT_FALSE(atr.ta1());
    EXPECT_EQ(atr.tb1(), 0x00);
    EXPECT_EQ(atr.tc1(), 0x00);
}

TEST(Atr, TheShortestHasTsAndT0) {
    Atr const atr = parsed("3B 00");
    EXPECT_TRUE(atr.historical().empty());
    EXPECT_TRUE(atr.offers(Protocol::t0));
}

TEST(Atr, BothConventionsAreKnownAndNoOtherTs) {
    EXPECT_TRUE(Atr::parse(bytes("3B 00")).ok());
    EXPECT_TRUE(Atr::parse(bytes("3F 00")).ok());
    EXPECT_EQ(Atr::parse(bytes("42 00")).error(), Error::malformed);
    EXPECT_EQ(Atr::parse(bytes("00")).error(), Error::malformed);
}

TEST(Atr, EveryShorterAnswerIsTruncated) {
    auto const whole = bytes("3B DB 96 00 80 B1 FE 45 1F 83 00 31 C0 64 C7 FC 10 00 01 90 00 74");
    for (std::size_t size = 0; size < whole.size(); ++size) {
        EXPECT_EQ(Atr::parse(ByteView{whole}.first(size)).error(), Error::truncated) << size;
    }
}

TEST(Atr, MoreThanItAnnouncesIsTrailing) {
    EXPECT_EQ(Atr::parse(bytes("3B 00 00")).error(), Error::trailing_bytes);
    EXPECT_EQ(Atr::parse(bytes("3B 82 80 01 47 72 36 00")).error(), Error::trailing_bytes);
}

TEST(Atr, MoreThanThirtyThreeBytesAreTooLong) {
    std::vector<std::uint8_t> raw(34, 0x00);
    raw[0] = 0x3B;
    EXPECT_EQ(Atr::parse(raw).error(), Error::too_long);
}

TEST(Atr, ThirtyThreeBytesFit) {
    // Rounds of TD with T=0, then T=1, fill 15 bytes; 15 historical bytes and TCK follow.
    auto raw = bytes("3B FF 11 22 33 F0 11 22 33 F1 11 22 33 71 11 22 33");
    raw.insert(raw.end(), 15, 0x41);
    std::uint8_t check = 0;
    for (std::size_t i = 1; i < raw.size(); ++i) {
        check = static_cast<std::uint8_t>(check ^ raw[i]);
    }
    raw.push_back(check);
    ASSERT_EQ(raw.size(), atr_size_max);
    EXPECT_EQ(Atr::parse(raw).value().historical().size(), 15U);
}

TEST(Atr, AWrongCheckByteIsMalformed) {
    EXPECT_EQ(Atr::parse(bytes("3B 82 80 01 47 72 37")).error(), Error::malformed);
}

TEST(Atr, WithoutAProtocolButT0ThereIsNoCheckByte) {
    EXPECT_TRUE(Atr::parse(bytes("3B 80 00")).ok());
    EXPECT_EQ(Atr::parse(bytes("3B 80 00 80")).error(), Error::trailing_bytes);
}

TEST(Atr, TheFirstProtocolNamedIsTheDefault) {
    EXPECT_EQ(parsed("3B 80 81 01 00").default_protocol(), Protocol::t1);
    EXPECT_EQ(parsed("3B 82 80 01 47 72 36").default_protocol(), Protocol::t0);
}

TEST(Atr, Ta2NamesTheProtocolOfSpecificMode) {
    // T=0 is offered first, TA2 says that the card speaks T=1 as it stands.
    EXPECT_EQ(parsed("3B 80 90 01 01 10").default_protocol(), Protocol::t1);
    EXPECT_EQ(parsed("3B 80 90 00 01 11").default_protocol(), Protocol::t0);
}

TEST(Atr, AnAnswerOutlivesTheBytesThatItWasReadFrom) {
    auto raw = bytes("3B 02 14 50");
    Atr const atr = Atr::parse(raw).value();
    raw.assign(raw.size(), 0xFF);
    EXPECT_EQ(copy_of(atr.bytes()), bytes("3B 02 14 50"));
}

} // namespace
} // namespace apdu
