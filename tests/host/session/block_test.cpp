#include "host/session/block.hpp"

#include "host/session/file_access.hpp"

#include "tests/host/session/test_card.hpp"

#include <gtest/gtest.h>

namespace session {
namespace {

using apdu::Directory;
using apdu::KeyName;

FaultCode fault_of_opening(virtual_card::LocalConnection& connection) {
    CardChannel channel{connection};
    auto const session = CardSession::open(channel, nullptr);
    EXPECT_FALSE(session.ok());
    return session.ok() ? FaultCode::no_reader : session.error().code;
}

/// Every fact holds for both algorithms.
class BlockOf : public ::testing::TestWithParam<bool> {
public:
    [[nodiscard]] static virtual_card::CardPlan plan() {
        return GetParam() ? sm4_card() : des_card();
    }
};
INSTANTIATE_TEST_SUITE_P(BothAlgorithms, BlockOf, ::testing::Values(false, true),
                         [](auto const& each) { return each.param ? "Sm4" : "Des"; });

TEST_P(BlockOf, AnApplicationIsForGoodAndTheOthersStay) {
    CardOnTheTable card{live_card(plan())};
    ASSERT_TRUE(block_application(card.session, Directory::df01).ok());
    EXPECT_EQ(card.session.enter(Directory::df01).error().code, FaultCode::application_blocked);
    EXPECT_TRUE(card.session.enter(Directory::df04).ok());
    ASSERT_TRUE(card.connection.reset().ok());
    card.session.forget_state();
    EXPECT_EQ(card.session.enter(Directory::df01).error().code, FaultCode::application_blocked);
}

TEST_P(BlockOf, TheEnvironmentMakesTheCardUseless) {
    CardOnTheTable card{live_card(plan())};
    ASSERT_TRUE(block_application(card.session, Directory::ssse).ok());
    EXPECT_EQ(fault_of_opening(card.connection), FaultCode::application_blocked);
}

TEST_P(BlockOf, TheCardIsToldWhenItIsOpenedAgain) {
    CardOnTheTable card{live_card(plan())};
    ASSERT_TRUE(block_card(card.session).ok());
    EXPECT_EQ(fault_of_opening(card.connection), FaultCode::card_blocked);
    ASSERT_TRUE(card.connection.reset().ok());
    EXPECT_EQ(fault_of_opening(card.connection), FaultCode::card_blocked);
}

TEST_P(BlockOf, TheCardFromAnyDirectory) {
    CardOnTheTable card{live_card(plan())};
    ASSERT_TRUE(card.session.enter(Directory::df04).ok());
    EXPECT_TRUE(block_card(card.session).ok());
}

TEST_P(BlockOf, NothingIsBlockedWithoutTheKey) {
    CardOnTheTable card{live_card(plan()), {KeyName::bk, KeyName::stk_df01}};
    EXPECT_EQ(block_card(card.session).error().code, FaultCode::key_missing);
    EXPECT_EQ(block_application(card.session, Directory::df01).error().code,
              FaultCode::key_missing);
    EXPECT_TRUE(card.session.enter(Directory::df01).ok());
}

TEST_P(BlockOf, TheMfIsNoApplication) {
    CardOnTheTable card{live_card(plan())};
    EXPECT_EQ(block_application(card.session, Directory::mf).error().code,
              FaultCode::request_invalid);
}

TEST_P(BlockOf, AWrongMacBlocksNothing) {
    virtual_card::LocalConnection connection{live_card(plan()),
                                             {{virtual_card::FaultKind::wrong_mac}}};
    TestKeys keys;
    CardChannel channel{connection};
    CardSession session = open_session(channel, keys.service());
    auto const refused = block_card(session);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().status, apdu::sw::secure_messaging_wrong);
    EXPECT_EQ(refused.error().detail, "BK");
    EXPECT_TRUE(CardSession::open(channel, nullptr).ok());
}

} // namespace
} // namespace session
