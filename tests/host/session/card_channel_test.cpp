#include "host/session/card_channel.hpp"

#include "tests/host/session/sample_card.hpp"
#include "tests/host/session/scripted_connection.hpp"

#include <algorithm>
#include <gtest/gtest.h>

namespace session {
namespace {

using apdu::bytes;
using apdu::Cla;
using apdu::Command;
using apdu::Ins;
using apdu::Protocol;
using apdu::StatusWord;

Command const verify_empty{Cla::interindustry, Ins::verify, 0x00, 0x00};
Command const read_first_record{Cla::interindustry, Ins::read_record, 0x01, 0x2D};
std::vector<std::uint8_t> const mf = bytes("3F00");
Command const select_mf = Command{Cla::interindustry, Ins::select, 0x00, 0x00}.with_data(mf);

FaultCode fault_code(Outcome<Answer> const& answer) { return answer.error().code; }

TEST(CardChannelT0, SendsCase1WithP3Zero) {
    ScriptedConnection card;
    card.line("00 20 00 00 00", "63C6");
    auto const answer = CardChannel{card}.send(verify_empty);
    ASSERT_TRUE(answer.ok());
    EXPECT_EQ(answer.value().status, StatusWord{0x63C6});
}

TEST(CardChannelT0, SendsCase2WithLe) {
    ScriptedConnection card;
    card.line("00 B2 01 2D 03", "010203 9000");
    auto const answer = CardChannel{card}.send(read_first_record.expecting(3));
    ASSERT_TRUE(answer.ok());
    EXPECT_EQ(answer.value().data, bytes("010203"));
}

TEST(CardChannelT0, SendsCase4WithoutLeAndFetchesTheAnswer) {
    ScriptedConnection card;
    card.line("00 A4 00 00 02 3F00", "6103").line("00 C0 00 00 03", "6F0184 9000");
    auto const answer = CardChannel{card}.send(select_mf.expecting(256));
    ASSERT_TRUE(answer.ok());
    EXPECT_EQ(answer.value().data, bytes("6F0184"));
    EXPECT_TRUE(answer.value().status.is_success());
}

TEST(CardChannelT0, RepeatsACommandWithTheLengthThatTheCardTells) {
    ScriptedConnection card;
    card.line("00 B2 01 2D 40", "6C02").line("00 B2 01 2D 02", "0100 9000");
    auto const answer = CardChannel{card}.send(read_first_record.expecting(0x40));
    ASSERT_TRUE(answer.ok());
    EXPECT_EQ(answer.value().data, bytes("0100"));
}

TEST(CardChannelT0, Takes6C00For256Bytes) {
    ScriptedConnection card;
    card.line("00 B2 01 2D 40", "6C00").line("00 B2 01 2D 00", repeated("AB", 256) + "9000");
    auto const answer = CardChannel{card}.send(read_first_record.expecting(0x40));
    ASSERT_TRUE(answer.ok());
    EXPECT_EQ(answer.value().data.size(), 256U);
}

TEST(CardChannelT0, GathersAnAnswerOverSeveralGetResponses) {
    ScriptedConnection card;
    card.line("00 A4 00 00 02 3F00", "6102")
        .line("00 C0 00 00 02", "0102 6101")
        .line("00 C0 00 00 01", "03 9000");
    auto const answer = CardChannel{card}.send(select_mf.expecting(256));
    ASSERT_TRUE(answer.ok());
    EXPECT_EQ(answer.value().data, bytes("010203"));
}

TEST(CardChannelT0, CorrectsTheLengthOfGetResponse) {
    ScriptedConnection card;
    card.line("00 A4 00 00 02 3F00", "6110")
        .line("00 C0 00 00 10", "6C01")
        .line("00 C0 00 00 01", "AA 9000");
    auto const answer = CardChannel{card}.send(select_mf.expecting(256));
    ASSERT_TRUE(answer.ok());
    EXPECT_EQ(answer.value().data, bytes("AA"));
}

TEST(CardChannelT1, SendsEveryFormAsItIs) {
    ScriptedConnection card{Protocol::t1};
    card.line("00 20 00 00", "63C6").line("00 A4 00 00 02 3F00 00", "6F00 9000");
    CardChannel channel{card};
    EXPECT_TRUE(channel.send(verify_empty).ok());
    EXPECT_TRUE(channel.send(select_mf.expecting(256)).ok());
}

TEST(CardChannelT1, HonoursStatusWordsOfT0) {
    ScriptedConnection card{Protocol::t1};
    card.line("00 B2 01 2D 40", "6C02")
        .line("00 B2 01 2D 02", "0100 9000")
        .line("00 A4 00 00 02 3F00 00", "6102")
        .line("00 C0 00 00 02", "6F00 9000");
    CardChannel channel{card};
    EXPECT_EQ(channel.send(read_first_record.expecting(0x40)).value().data, bytes("0100"));
    EXPECT_EQ(channel.send(select_mf.expecting(256)).value().data, bytes("6F00"));
}

TEST(CardChannel, GivesUpOnEndless61xx) {
    RuledConnection card{[](auto const&) { return bytes("6101"); }};
    EXPECT_EQ(fault_code(CardChannel{card}.send(select_mf)), FaultCode::too_many_rounds);
    EXPECT_LE(card.exchanges, 1 + exchange_rounds_max);
}

TEST(CardChannel, GivesUpOnEndless61xxWithData) {
    RuledConnection card{[](std::vector<std::uint8_t> const& command) {
        return command[1] == 0xC0 ? bytes(repeated("AB", 256) + "6100") : bytes("6100");
    }};
    EXPECT_EQ(fault_code(CardChannel{card}.send(select_mf)), FaultCode::too_many_rounds);
}

TEST(CardChannel, GivesUpOnEndless6Cxx) {
    RuledConnection card{[](auto const&) { return bytes("6C10"); }};
    EXPECT_EQ(fault_code(CardChannel{card}.send(read_first_record.expecting(1))),
              FaultCode::too_many_rounds);
    EXPECT_EQ(card.exchanges, 2U);
}

TEST(CardChannel, GivesUpOnEndless6CxxToGetResponse) {
    RuledConnection card{[](std::vector<std::uint8_t> const& command) {
        return command[1] == 0xC0 ? bytes("6C10") : bytes("6110");
    }};
    EXPECT_EQ(fault_code(CardChannel{card}.send(select_mf)), FaultCode::too_many_rounds);
    EXPECT_EQ(card.exchanges, 3U);
}

TEST(CardChannel, RefusesAnAnswerLongerThanAskedFor) {
    ScriptedConnection card;
    card.line("00 B2 01 2D 02", "010203 9000");
    EXPECT_EQ(fault_code(CardChannel{card}.send(read_first_record.expecting(2))),
              FaultCode::answer_malformed);
}

TEST(CardChannel, RefusesAnAnswerLongerThanAnyMayBe) {
    ScriptedConnection card;
    card.line("00 B2 01 2D 00", repeated("AB", 300) + "9000");
    EXPECT_EQ(fault_code(CardChannel{card}.send(read_first_record.expecting(256))),
              FaultCode::answer_malformed);
}

TEST(CardChannel, RefusesDataWhereNoneWereAskedFor) {
    ScriptedConnection card;
    card.line("00 20 00 00 00", "AA 9000");
    EXPECT_EQ(fault_code(CardChannel{card}.send(verify_empty)), FaultCode::answer_malformed);
}

TEST(CardChannel, RefusesWhatIsNoStatusWord) {
    for (std::string_view const noise : {"0000", "1234", "6000", "FFFF"}) {
        ScriptedConnection card;
        card.line("00 20 00 00 00", noise);
        EXPECT_EQ(fault_code(CardChannel{card}.send(verify_empty)), FaultCode::answer_malformed)
            << noise;
    }
}

TEST(CardChannel, RefusesATruncatedAnswer) {
    for (std::string_view const answer : {"", "90"}) {
        ScriptedConnection card;
        card.line("00 20 00 00 00", answer);
        EXPECT_EQ(fault_code(CardChannel{card}.send(verify_empty)), FaultCode::answer_malformed);
    }
}

TEST(CardChannel, NamesTheFaultOfAFailedExchangeAndItsCommand) {
    ScriptedConnection card;
    card.failure("00 20 00 00 00", apdu::Error::card_removed);
    auto const answer = CardChannel{card}.send(verify_empty);
    ASSERT_FALSE(answer.ok());
    EXPECT_EQ(answer.error().code, FaultCode::card_removed);
    EXPECT_EQ(answer.error().ins, Ins::verify);
}

TEST(CardChannel, NeverSendsASecretCommandTwice) {
    ScriptedConnection card;
    card.line("00 20 00 00 03 123456", "6C10");
    auto const pin = keys::Pin::from_digits("123456");
    auto const answer = CardChannel{card}.send(keys::verify_command(pin.value()));
    ASSERT_TRUE(answer.ok());
    EXPECT_EQ(answer.value().status, StatusWord{0x6C10});
}

TEST(CardChannel, NeverSendsASecuredCommandTwice) {
    ScriptedConnection card;
    card.line("84 16 00 00 04 01020304", "6C10");
    keys::SecuredCommand command;
    auto const encoded = bytes("84 16 00 00 04 01020304");
    std::copy(encoded.begin(), encoded.end(), command.bytes.begin());
    command.size = encoded.size();
    EXPECT_EQ(CardChannel{card}.send(command).value().status, StatusWord{0x6C10});
}

TEST(CardChannel, GetsAChallengeOf8Bytes) {
    ScriptedConnection card;
    card.line("00 84 00 00 08", "1122334455667788 9000");
    auto const challenge = CardChannel{card}.get_challenge();
    ASSERT_TRUE(challenge.ok());
    EXPECT_EQ(apdu::copy_of(challenge.value()), bytes("1122334455667788"));
}

TEST(CardChannel, RefusesAShorterChallenge) {
    ScriptedConnection card;
    card.line("00 84 00 00 08", "11223344 9000");
    EXPECT_EQ(CardChannel{card}.get_challenge().error().code, FaultCode::answer_malformed);
}

TEST(CardChannel, TellsARefusedChallenge) {
    ScriptedConnection card;
    card.line("00 84 00 00 08", "6D00");
    auto const challenge = CardChannel{card}.get_challenge();
    EXPECT_EQ(challenge.error().code, FaultCode::unexpected_status);
    EXPECT_EQ(challenge.error().status, StatusWord{0x6D00});
    EXPECT_EQ(challenge.error().ins, Ins::get_challenge);
}

TEST(CardChannel, CountsAndTellsEveryExchange) {
    ScriptedConnection card;
    card.line("00 A4 00 00 02 3F00", "6102").line("00 C0 00 00 02", "6F00 9000");
    CardChannel channel{card};
    std::vector<ExchangeTrace> told;
    channel.on_exchange([&](ExchangeTrace const& trace) { told.push_back(trace); });
    ASSERT_TRUE(channel.send(select_mf.expecting(256)).ok());
    EXPECT_EQ(channel.exchanges(), 2U);
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[0].ins, Ins::select);
    EXPECT_EQ(told[0].nc, 2U);
    EXPECT_EQ(told[0].status, StatusWord{0x6102});
    EXPECT_EQ(told[1].ins, Ins::get_response);
    EXPECT_EQ(told[1].nr, 2U);
}

} // namespace
} // namespace session
