#include "host/session/basic_data.hpp"

#include "tests/apdu/hex_bytes.hpp"
#include "tests/host/session/altered_connection.hpp"
#include "tests/host/session/sample_card.hpp"
#include "tests/host/session/test_card.hpp"

#include <gtest/gtest.h>

namespace session {
namespace {

using apdu::KeyName;

BasicData read(CardOnTheTable& card) {
    auto data = read_basic_data(card.session);
    EXPECT_TRUE(data.ok()) << to_text(data.error().code);
    return data.ok() ? std::move(data).value() : BasicData{};
}

TEST(BasicData, TellsEverythingOfA2_00Card) {
    CardOnTheTable card{live_card(des_card())};
    BasicData const data = read(card);
    EXPECT_EQ(data.region, "639900");
    EXPECT_EQ(data.social_security_number, "110101190001010014");
    EXPECT_EQ(data.card_number, "A0000002X");
    EXPECT_EQ(data.card_id.substr(0, 24), "639900D15600000500BF7C7A");
    EXPECT_EQ(data.card_id.size(), 32U);
    EXPECT_EQ(data.name, "张三");
    EXPECT_EQ(data.reset_info, "00814E43238697159900BF7C7A");
    EXPECT_EQ(data.version, "2.00");
    EXPECT_EQ(data.issue_date, "2024-01-01");
    EXPECT_EQ(data.expiry_date, "2034-01-01");
    EXPECT_EQ(data.algorithm, keys::Algorithm::des3);
    EXPECT_EQ(data.pin.state, PinState::set);
    EXPECT_EQ(data.pin.tries_left, 6);
    EXPECT_TRUE(data.genuine_checked);
    EXPECT_TRUE(data.holder_read);
    EXPECT_EQ(data.holder_data, apdu::bytes(sample::holder_data));
}

TEST(BasicData, TakesAtMost7CommandsOnA2_00Card) {
    CardOnTheTable card{live_card(des_card())};
    read(card);
    EXPECT_LE(card.connection.commands(), 7U);
}

TEST(BasicData, TellsEverythingOfA3_00Card) {
    CardOnTheTable card{live_card(sm4_card())};
    BasicData const data = read(card);
    EXPECT_EQ(data.version, "3.00");
    EXPECT_EQ(data.algorithm, keys::Algorithm::sm4);
    EXPECT_EQ(data.name, "张三");
    EXPECT_TRUE(data.genuine_checked);
    EXPECT_TRUE(data.holder_read);
}

TEST(BasicData, TakesAtMost10CommandsOnA3_00Card) {
    CardOnTheTable card{live_card(sm4_card())};
    read(card);
    EXPECT_LE(card.connection.commands(), 10U);
}

TEST(BasicData, LeavesTheHolderOutWithoutTheReadKeyOfA3_00Card) {
    CardOnTheTable card{live_card(sm4_card()), {KeyName::rk_ssse}};
    BasicData const data = read(card);
    EXPECT_FALSE(data.holder_read);
    EXPECT_EQ(data.name, "");
    EXPECT_EQ(data.social_security_number, "");
    EXPECT_EQ(data.card_number, "A0000002X");
    EXPECT_TRUE(data.genuine_checked);
}

TEST(BasicData, IsReadWithoutAnyKeysOnA2_00Card) {
    virtual_card::LocalConnection connection{live_card(des_card())};
    CardChannel channel{connection};
    CardSession session = open_session(channel, nullptr);
    auto const data = read_basic_data(session);
    ASSERT_TRUE(data.ok());
    EXPECT_FALSE(data.value().genuine_checked);
    EXPECT_EQ(data.value().name, "张三");
    EXPECT_EQ(connection.commands(), 5U);
}

TEST(BasicData, IsEmptyOnAnOfficesBlank) {
    for (auto const& plan : {des_card(), sm4_card()}) {
        CardOnTheTable card{blank_card(plan)};
        BasicData const data = read(card);
        EXPECT_EQ(data.region, "639900");
        EXPECT_EQ(data.card_id.size(), 32U);
        EXPECT_EQ(data.card_number, "");
        EXPECT_EQ(data.name, "");
        EXPECT_EQ(data.social_security_number, "");
        EXPECT_EQ(data.issue_date, "");
        EXPECT_EQ(data.expiry_date, "");
        EXPECT_TRUE(data.holder_read);
    }
}

TEST(BasicData, IsNotCompleteWithAPartOfACardNumber) {
    CardOnTheTable card{live_card(des_card())};
    BasicData data = read(card);
    EXPECT_EQ(completeness_of(data), Completeness::personalized);
    data.card_number = "A000";
    EXPECT_EQ(completeness_of(data), Completeness::half_made);
}

TEST(BasicData, JoinsANameOverBothItems) {
    std::string const name = "买买提江·阿卜杜热合曼·古丽巴哈尔"; // 33 bytes of GBK and more
    CardOnTheTable card{live_card(
        des_card(), R"({"holder_basic_data": {"social_security_number": "110101190001010014",
                        "name": ")" +
                        name + R"("}})")};
    EXPECT_EQ(read(card).name, name);
}

TEST(BasicData, ReadsA1_00Card) {
    virtual_card::CardPlan plan = des_card();
    plan.version = apdu::SpecVersion::v1_00;
    CardOnTheTable card{live_card(plan, R"({"issuer_data": {"card_number": "A0000002X"},
                  "holder_basic_data": {"social_security_number": "110101190001010014",
                                        "name": "张三"}})")};
    BasicData const data = read(card);
    EXPECT_EQ(data.version, "1.00");
    EXPECT_EQ(data.name, "张三");
    EXPECT_EQ(data.card_number, "A0000002X");
}

TEST(BasicData, TellsACardThatIsNotGenuine) {
    virtual_card::LocalConnection connection{live_card(des_card()),
                                             {{virtual_card::FaultKind::wrong_authentication}}};
    TestKeys keys;
    CardChannel channel{connection};
    CardSession session = open_session(channel, keys.service());
    auto const data = read_basic_data(session);
    ASSERT_FALSE(data.ok());
    EXPECT_EQ(data.error().code, FaultCode::card_not_genuine);
}

TEST(BasicData, ComesBackToSsse) {
    CardOnTheTable card{live_card(sm4_card())};
    ASSERT_TRUE(card.session.enter(apdu::Directory::df04).ok());
    EXPECT_EQ(read(card).name, "张三");
}

TEST(BasicData, IsReadFromACardThatAnswersFieldDriversOnly) {
    for (auto const& plan : {des_card(), sm4_card()}) {
        virtual_card::LocalConnection connection{live_card(plan)};
        AlteredConnection old{connection};
        // No SFI, no "from P1 to last", no numbers: records by identifier only.
        old.answer_instead([](std::size_t, std::vector<std::uint8_t> const& command)
                               -> std::optional<std::vector<std::uint8_t>> {
            bool const is_known = command[1] != 0xB2 || command[3] <= 0x03;
            return is_known ? std::nullopt : std::optional{apdu::bytes("6A86")};
        });
        TestKeys keys;
        CardChannel channel{old};
        CardSession session = open_session(channel, keys.service());
        auto const data = read_basic_data(session);
        ASSERT_TRUE(data.ok());
        EXPECT_EQ(data.value().name, "张三");
        EXPECT_EQ(data.value().card_number, "A0000002X");
        EXPECT_EQ(data.value().holder_data, apdu::bytes(sample::holder_data));
    }
}

TEST(BasicData, IsReadUnderT1) {
    virtual_card::LocalConnection connection{live_card(sm4_card())};
    AlteredConnection t1{connection, apdu::Protocol::t1};
    TestKeys keys;
    CardChannel channel{t1};
    CardSession session = open_session(channel, keys.service());
    auto const data = read_basic_data(session);
    ASSERT_TRUE(data.ok());
    EXPECT_EQ(data.value().name, "张三");
    EXPECT_EQ(data.value().pin.tries_left, 6);
}

TEST(BasicData, IsNotThereOnABareChip) {
    for (auto const& plan : {des_card(), sm4_card()}) {
        virtual_card::LocalConnection connection{bare_card(plan)};
        CardChannel channel{connection};
        EXPECT_EQ(CardSession::open(channel, nullptr).error().code, FaultCode::bare_chip);
    }
}

} // namespace
} // namespace session
