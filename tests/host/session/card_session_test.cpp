#include "host/session/card_session.hpp"

#include "tests/host/session/sample_card.hpp"
#include "tests/host/session/scripted_connection.hpp"
#include "tests/host/session/scripted_keys.hpp"

#include <gtest/gtest.h>

namespace session {
namespace {

using apdu::bytes;
using apdu::Directory;
using apdu::KeyName;
using apdu::StatusWord;

/// SELECT SSSE and the whole of EF05, as a card answers that knows all ways.
void opening(ScriptedConnection& card, std::string const& fci = sample::fci_des,
             std::string const& version = sample::version_2_00) {
    auto const size = fci == sample::fci_des ? "18" : "1E";
    card.line(sample::select_ssse, std::string{"61"} + size)
        .line(std::string{"00C00000"} + size, fci + "9000")
        .line("00B2012D40", sample::issuer_data(version) + "9000");
}

FaultCode fault_of_opening(apdu::CardConnection& card) {
    CardChannel channel{card};
    auto const session = CardSession::open(channel, nullptr);
    EXPECT_FALSE(session.ok());
    return session.ok() ? FaultCode::no_reader : session.error().code;
}

TEST(CardSession, OpensACardWithThreeCommands) {
    ScriptedConnection card;
    opening(card);
    CardChannel channel{card};
    auto const session = CardSession::open(channel, nullptr);
    ASSERT_TRUE(session.ok());
    EXPECT_EQ(channel.exchanges(), 3U);
    EXPECT_EQ(session.value().card().version, apdu::SpecVersion::v2_00);
    EXPECT_EQ(session.value().layout().version, apdu::SpecVersion::v2_00);
}

TEST(CardSession, OpensASm4Card) {
    ScriptedConnection card;
    opening(card, sample::fci_sm4, sample::version_3_00);
    CardChannel channel{card};
    auto const session = CardSession::open(channel, nullptr);
    ASSERT_TRUE(session.ok());
    EXPECT_EQ(session.value().card().identity.algorithm, keys::Algorithm::sm4);
    EXPECT_EQ(session.value().card().version, apdu::SpecVersion::v3_00);
}

TEST(CardSession, RefusesASsf33CardBeforeItReadsIt) {
    ScriptedConnection card;
    card.line(sample::select_ssse, "611E").line("00C000001E", sample::fci_ssf33 + "9000");
    EXPECT_EQ(fault_of_opening(card), FaultCode::algorithm_refused);
}

TEST(CardSession, ASsseWithoutIssuerDataIsABareChip) {
    ScriptedConnection card;
    card.line(sample::select_ssse, "6118")
        .line("00C0000018", sample::fci_des + "9000")
        .line("00B2012D40", "6A82")
        .line("00A4020002EF05", "6A82")
        .line("00A4020002EF05", "6A82");
    EXPECT_EQ(fault_of_opening(card), FaultCode::bare_chip);
}

TEST(CardSession, TellsABlockedApplication) {
    ScriptedConnection card;
    card.line(sample::select_ssse, "9303");
    EXPECT_EQ(fault_of_opening(card), FaultCode::application_blocked);
}

TEST(CardSession, TellsABlockedCard) {
    RuledConnection card{[](auto const&) { return bytes("6A81"); }};
    EXPECT_EQ(fault_of_opening(card), FaultCode::card_blocked);
}

TEST(CardSession, TellsACardThatIsNotThereAndOneThatIsMute) {
    for (auto const& [error, code] :
         {std::pair{apdu::Error::card_absent, FaultCode::no_card},
          std::pair{apdu::Error::card_removed, FaultCode::card_removed},
          std::pair{apdu::Error::card_mute, FaultCode::card_mute},
          std::pair{apdu::Error::reader_gone, FaultCode::reader_gone},
          std::pair{apdu::Error::service_gone, FaultCode::no_pcsc_service}}) {
        ScriptedConnection card;
        card.failure(sample::select_ssse, error);
        EXPECT_EQ(fault_of_opening(card), code);
    }
}

/// A card session over a script that goes on after opening().
class OpenCard : public ::testing::Test {
public:
    OpenCard() { opening(card); }
    CardSession& open(keys::KeyService* service) {
        auto opened = CardSession::open(channel, service, counted_numbers);
        EXPECT_TRUE(opened.ok());
        session.emplace(std::move(opened).value());
        return *session;
    }

    ScriptedConnection card;
    CardChannel channel{card};
    ScriptedKeys keys;
    std::optional<CardSession> session;
};

TEST_F(OpenCard, StandsInSsse) { EXPECT_TRUE(open(nullptr).enter(Directory::ssse).ok()); }

TEST_F(OpenCard, EntersADirectoryByNameOnce) {
    card.line("00A4040006D15600000503", "6103").line("00C0000003", "6F0184 9000");
    CardSession& opened = open(nullptr);
    EXPECT_TRUE(opened.enter(Directory::df04).ok());
    EXPECT_TRUE(opened.enter(Directory::df04).ok());
}

TEST_F(OpenCard, EntersADirectoryWithoutANameByFidFromSsse) {
    card.line("00A4040006D15600000503", "9000")
        .line(sample::select_ssse, "9000")
        .line("00A4000002DF05", "9000");
    CardSession& opened = open(nullptr);
    EXPECT_TRUE(opened.enter(Directory::df04).ok());
    EXPECT_TRUE(opened.enter(Directory::df05).ok());
}

TEST_F(OpenCard, EntersTheMf) {
    card.line("00A40000023F00", "9000");
    EXPECT_TRUE(open(nullptr).enter(Directory::mf).ok());
}

TEST_F(OpenCard, SelectsAgainAfterARefusedSelection) {
    card.line("00A4040006D15600000504", "6A82").line(sample::select_ssse, "9000");
    CardSession& opened = open(nullptr);
    auto const entered = opened.enter(Directory::df07);
    ASSERT_FALSE(entered.ok());
    EXPECT_EQ(entered.error().code, FaultCode::unexpected_status);
    EXPECT_EQ(entered.error().status, StatusWord{0x6A82});
    EXPECT_TRUE(opened.enter(Directory::ssse).ok());
}

TEST_F(OpenCard, TellsABlockedDirectory) {
    card.line("00A4040006D15600000503", "9303");
    EXPECT_EQ(open(nullptr).enter(Directory::df04).error().code, FaultCode::application_blocked);
}

TEST_F(OpenCard, SelectsAgainWhenItsStateWasForgotten) {
    card.line(sample::select_ssse, "9000");
    CardSession& opened = open(nullptr);
    opened.forget_state();
    EXPECT_TRUE(opened.enter(Directory::ssse).ok());
}

TEST_F(OpenCard, AuthenticatesWithTheFirstChallengeAsOriginal) {
    card.line("0084000008", "1111111111111111 9000")
        .line("0084000008", "2222222222222222 9000")
        .line("0082 0004 10 E1E2E3E4E5E6E7E8 1111111111111111", "9000");
    EXPECT_TRUE(open(&keys).authenticate({KeyName::uk_ssse}).ok());
    EXPECT_EQ(apdu::copy_of(keys.last_process), bytes("2222222222222222"));
    EXPECT_EQ(apdu::copy_of(keys.last_original), bytes("1111111111111111"));
}

TEST_F(OpenCard, SendsTheVersionOfALaterKey) {
    card.line("0084000008", "1111111111111111 9000")
        .line("0084000008", "2222222222222222 9000")
        .line("0082 000A 11 E1E2E3E4E5E6E7E8 1111111111111111 03", "9000");
    EXPECT_TRUE(open(&keys).authenticate({KeyName::rk_ssse, 3}).ok());
}

TEST_F(OpenCard, AuthenticatesOnceForAsLongAsTheDirectoryStays) {
    card.line("0084000008", "1111111111111111 9000")
        .line("0084000008", "2222222222222222 9000")
        .line("0082 0004 10 E1E2E3E4E5E6E7E8 1111111111111111", "9000")
        .line("00A4040006D15600000503", "9000")
        .line("0084000008", "3333333333333333 9000")
        .line("0084000008", "4444444444444444 9000")
        .line("0082 0004 10 E1E2E3E4E5E6E7E8 3333333333333333", "9000");
    CardSession& opened = open(&keys);
    EXPECT_TRUE(opened.authenticate({KeyName::uk_ssse}).ok());
    EXPECT_TRUE(opened.authenticate({KeyName::uk_ssse}).ok());
    EXPECT_TRUE(opened.enter(Directory::df04).ok());
    EXPECT_FALSE(opened.is_authenticated({KeyName::uk_ssse}));
    EXPECT_TRUE(opened.authenticate({KeyName::uk_ssse}).ok()); // SSSE's key, DF04 current
}

TEST_F(OpenCard, EntersTheDirectoryOfAKey) {
    card.line("00A4040006D15600000503", "9000")
        .line("0084000008", "1111111111111111 9000")
        .line("0084000008", "2222222222222222 9000")
        .line("0082 0085 10 E1E2E3E4E5E6E7E8 1111111111111111", "9000");
    EXPECT_TRUE(open(&keys).authenticate({KeyName::uk1_df04}).ok());
}

TEST_F(OpenCard, TellsTheTriesLeftOfARefusedKey) {
    card.line("0084000008", "1111111111111111 9000")
        .line("0084000008", "2222222222222222 9000")
        .line("0082 0004 10 E1E2E3E4E5E6E7E8 1111111111111111", "63C2");
    auto const refused = open(&keys).authenticate({KeyName::uk_ssse});
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, FaultCode::authentication_failed);
    EXPECT_EQ(refused.error().tries_left, 2);
    EXPECT_EQ(refused.error().detail, "UKSSSE");
}

TEST_F(OpenCard, TellsALockedKey) {
    card.line("0084000008", "1111111111111111 9000")
        .line("0084000008", "2222222222222222 9000")
        .line("0082 0004 10 E1E2E3E4E5E6E7E8 1111111111111111", "6983");
    EXPECT_EQ(open(&keys).authenticate({KeyName::uk_ssse}).error().code, FaultCode::key_locked);
}

TEST_F(OpenCard, TellsAMissingKeyBeforeItTouchesTheCard) {
    keys.lose(KeyName::uk1_df04);
    auto const refused = open(&keys).authenticate({KeyName::uk1_df04});
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, FaultCode::key_missing);
    EXPECT_EQ(refused.error().detail, "UK1DF04, 3DES, version 1");
}

TEST_F(OpenCard, HasNoKeysWithoutAKeyService) {
    CardSession& opened = open(nullptr);
    EXPECT_EQ(opened.authenticate({KeyName::uk_ssse}).error().code, FaultCode::key_missing);
    EXPECT_EQ(opened.check_genuine().error().code, FaultCode::key_missing);
}

TEST_F(OpenCard, AuthenticatesWithNoKeyThatIsForSomethingElse) {
    CardSession& opened = open(&keys);
    for (KeyName const key : {KeyName::irk, KeyName::stk_ssse, KeyName::mk_ssse, KeyName::dpk}) {
        EXPECT_EQ(opened.authenticate({key}).error().code, FaultCode::request_invalid);
    }
}

TEST_F(OpenCard, TellsAKeyServiceThatFails) {
    card.line("0084000008", "1111111111111111 9000").line("0084000008", "2222222222222222 9000");
    keys.fail();
    CardSession& opened = open(&keys);
    EXPECT_EQ(opened.authenticate({KeyName::uk_ssse}).error().code, FaultCode::key_service_failed);
    EXPECT_EQ(opened.check_genuine().error().code, FaultCode::key_service_failed);
}

TEST_F(OpenCard, ChecksThatACardIsGenuineOverItsOwnRandomNumbers) {
    card.line("0088 0000 10 0102030405060708 0102030405060708", "6108")
        .line("00C0000008", "A1A2A3A4A5A6A7A8 9000");
    EXPECT_TRUE(open(&keys).check_genuine().ok());
}

TEST_F(OpenCard, TellsACardThatIsNotGenuine) {
    card.line("0088 0000 10 0102030405060708 0102030405060708", "6108")
        .line("00C0000008", "A1A2A3A4A5A6A7A9 9000");
    EXPECT_EQ(open(&keys).check_genuine().error().code, FaultCode::card_not_genuine);
}

TEST_F(OpenCard, TakesAShortAnswerToInternalAuthenticateForMalformed) {
    card.line("0088 0000 10 0102030405060708 0102030405060708", "6104")
        .line("00C0000004", "A1A2A3A4 9000");
    EXPECT_EQ(open(&keys).check_genuine().error().code, FaultCode::answer_malformed);
}

TEST_F(OpenCard, TellsThatThereAreNoRandomNumbers) {
    auto opened = CardSession::open(channel, &keys, [](apdu::ByteSpan) { return false; });
    ASSERT_TRUE(opened.ok());
    EXPECT_EQ(opened.value().check_genuine().error().code, FaultCode::key_service_failed);
}

} // namespace
} // namespace session
