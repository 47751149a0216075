#include "keys/psam/psam_facts.hpp"

#include "tests/apdu/hex_bytes.hpp"

#include <gtest/gtest.h>

namespace keys::psam {
namespace {

TEST(PsamFacts, ThePublicFileNamesIssuerSerialVersionAndType) {
    auto const card = parse_public(apdu::bytes("91 12345678901234567890 02 03 0000"));
    ASSERT_TRUE(card);
    EXPECT_EQ(card->issuer, 0x91);
    EXPECT_EQ(apdu::copy_of(card->serial), apdu::bytes("12345678901234567890"));
    EXPECT_EQ(card->version, 0x02);
    EXPECT_EQ(card->card_type, 0x03);
    EXPECT_FALSE(parse_public(apdu::bytes("91 1234567890123456789A 02 03 0000")));
    EXPECT_FALSE(parse_public(apdu::bytes("91 12345678901234567890 02 03 00")));
}

TEST(PsamFacts, ATerminalNumberHasTwelveDigits) {
    EXPECT_TRUE(parse_terminal_number(apdu::bytes("639900000001")));
    EXPECT_FALSE(parse_terminal_number(apdu::bytes("FFFFFFFFFFFF")));
    EXPECT_FALSE(parse_terminal_number(apdu::bytes("63990000000F")));
    EXPECT_FALSE(parse_terminal_number(apdu::bytes("6399000000")));
}

TEST(PsamFacts, TheApplicationFileTellsTheVersionOfTheKeys) {
    PsamFacts facts;
    EXPECT_EQ(facts.key_version(), 1);
    facts.application = parse_application(apdu::bytes("01 02 20200101 20400101"));
    ASSERT_TRUE(facts.application);
    EXPECT_EQ(facts.key_version(), 2);
    EXPECT_FALSE(parse_application(apdu::bytes("01 02 2020010A 20400101")));
    EXPECT_FALSE(parse_application(apdu::bytes("01 02 20200101")));
}

} // namespace
} // namespace keys::psam
