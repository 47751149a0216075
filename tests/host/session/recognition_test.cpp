#include "host/session/recognition.hpp"

#include "tests/apdu/hex_bytes.hpp"
#include "tests/host/session/sample_card.hpp"

#include <gtest/gtest.h>

namespace session {
namespace {

using apdu::bytes;
using keys::Algorithm;

std::string const atr = "3B6D0000 00814E43238697159900BF7C7A";

Outcome<RecognizedCard> recognize_2_00(std::string const& issuer_data,
                                       std::string const& card_atr = atr) {
    return recognize(Algorithm::des3, bytes(card_atr), bytes(issuer_data));
}

TEST(Recognition, TakesTheAlgorithmFromTheFci) {
    EXPECT_EQ(algorithm_of_fci(bytes(sample::fci_sm4)).value(), Algorithm::sm4);
    EXPECT_EQ(algorithm_of_fci(bytes("6F1C 840F" + sample::ssse_name + "A509 88011E 9F0C03860101"))
                  .value(),
              Algorithm::des3);
}

TEST(Recognition, FindsNoAlgorithmWhereTheFciNamesNone) {
    EXPECT_FALSE(algorithm_of_fci(bytes(sample::fci_des)).value().has_value());
}

TEST(Recognition, RefusesSsf33) {
    auto const refused = algorithm_of_fci(bytes(sample::fci_ssf33));
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, FaultCode::algorithm_refused);
    EXPECT_EQ(refused.error().detail, "SSF33");
}

TEST(Recognition, RefusesAnAlgorithmThatNobodyKnows) {
    auto const refused =
        algorithm_of_fci(bytes("6F1C 840F" + sample::ssse_name + "A509 88011E 9F0C03860109"));
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, FaultCode::algorithm_refused);
    EXPECT_EQ(refused.error().detail, "09");
}

TEST(Recognition, TakesTheFciOfAnotherDirectoryForAForeignCard) {
    EXPECT_EQ(algorithm_of_fci(bytes("6F08 8406 D15600000500")).error().code,
              FaultCode::foreign_card);
}

TEST(Recognition, TakesWhatIsNoFciForAMalformedAnswer) {
    for (std::string_view const fci : {"", "6F", "9000", "6F0284"}) {
        EXPECT_EQ(algorithm_of_fci(bytes(fci)).error().code, FaultCode::answer_malformed) << fci;
    }
}

TEST(Recognition, TakesRegionVersionAndHistoricalBytes) {
    auto const card = recognize_2_00(sample::issuer_data(sample::version_2_00));
    ASSERT_TRUE(card.ok());
    EXPECT_EQ(card.value().version, apdu::SpecVersion::v2_00);
    EXPECT_EQ(apdu::copy_of(card.value().identity.region), bytes("639900"));
    EXPECT_EQ(apdu::copy_of(card.value().identity.historical), bytes("00814E43238697159900BF7C7A"));
    EXPECT_EQ(card.value().identity.algorithm, Algorithm::des3);
    EXPECT_EQ(card.value().issuer_data, bytes(sample::issuer_data(sample::version_2_00)));
}

TEST(Recognition, TakesACardWithoutAlgorithmForADesCard) {
    auto const card =
        recognize(std::nullopt, bytes(atr), bytes(sample::issuer_data(sample::version_2_00)));
    ASSERT_TRUE(card.ok());
    EXPECT_EQ(card.value().identity.algorithm, Algorithm::des3);
}

TEST(Recognition, TakesABeijingCardWithoutAlgorithmForAnSsf33Card) {
    auto const refused =
        recognize(std::nullopt, bytes(atr),
                  bytes("0110 110100D15600000500BF7C7A48FB4966" + sample::version_2_00));
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, FaultCode::algorithm_refused);
    EXPECT_EQ(refused.error().detail, "SSF33");
}

TEST(Recognition, TakesAnOfficesBlankForACardOfItsVersion) {
    auto const blank =
        recognize_2_00(sample::id_record + "020100" + sample::version_2_00 + sample::body_record +
                       "0504FFFFFFFF 0604FFFFFFFF" + "0709000000000000000000");
    ASSERT_TRUE(blank.ok());
    EXPECT_EQ(blank.value().version, apdu::SpecVersion::v2_00);
}

TEST(Recognition, TakesABlankVersionFor1_00) {
    auto const card = recognize_2_00(sample::id_record + "0304 00000000");
    ASSERT_TRUE(card.ok());
    EXPECT_EQ(card.value().version, apdu::SpecVersion::v1_00);
}

TEST(Recognition, ACardWithoutCardIdIsABareChip) {
    EXPECT_EQ(recognize_2_00("").error().code, FaultCode::bare_chip);
    EXPECT_EQ(recognize_2_00(sample::version_2_00).error().code, FaultCode::bare_chip);
    EXPECT_EQ(
        recognize_2_00("0110 FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF" + sample::version_2_00).error().code,
        FaultCode::bare_chip);
}

TEST(Recognition, TellsTheVersionThatItDoesNotKnow) {
    auto const card = recognize_2_00(sample::id_record + "0304 342E3030");
    ASSERT_FALSE(card.ok());
    EXPECT_EQ(card.error().code, FaultCode::unknown_version);
    EXPECT_EQ(card.error().detail, "4.00");
}

TEST(Recognition, TellsAVersionThatIsNoTextInHex) {
    EXPECT_EQ(recognize_2_00(sample::id_record + "0304 8080FF01").error().detail, "8080FF01");
}

TEST(Recognition, RefusesAMalformedCardId) {
    for (std::string const id : {"639900D25600000500BF7C7A48FB4966",    // no RID
                                 "6A9900D15600000500BF7C7A48FB4966",    // no region
                                 "639900D15600000500BF7C7B48FB4966"}) { // not the ATR's serial
        auto const card = recognize_2_00(std::string{"0110"}.append(id) + sample::version_2_00);
        ASSERT_FALSE(card.ok());
        EXPECT_EQ(card.error().code, FaultCode::card_id_malformed) << id;
    }
    EXPECT_EQ(
        recognize_2_00("010F 639900D15600000500BF7C7A48FB49" + sample::version_2_00).error().code,
        FaultCode::card_id_malformed);
}

TEST(Recognition, RefusesAnAnswerToResetWithoutThe13HistoricalBytes) {
    for (std::string const other : {"3B6C0000 00814E43238697159900BF7C", "3B60 0000", "00", ""}) {
        EXPECT_EQ(recognize_2_00(sample::issuer_data(sample::version_2_00), other).error().code,
                  FaultCode::card_id_malformed)
            << other;
    }
}

TEST(Recognition, TakesTheHistoricalBytesOfAContactlessCard) {
    // 3B 8D 80 01, the historical bytes, TCK. PC/SC part 3.
    auto const card = recognize_2_00(sample::issuer_data(sample::version_2_00),
                                     "3B8D8001 00814E43238697159900BF7C7A 87");
    ASSERT_TRUE(card.ok());
    EXPECT_EQ(apdu::copy_of(card.value().identity.historical), bytes("00814E43238697159900BF7C7A"));
}

TEST(Recognition, RefusesIssuerDataThatAreNoRecords) {
    EXPECT_EQ(recognize_2_00("0110 6399").error().code, FaultCode::answer_malformed);
    EXPECT_EQ(recognize_2_00(sample::issuer_data(sample::version_2_00) + "07").error().code,
              FaultCode::answer_malformed);
}

} // namespace
} // namespace session
