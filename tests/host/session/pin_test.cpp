#include "host/session/pin.hpp"

#include "tests/host/session/test_card.hpp"

#include <gtest/gtest.h>

namespace session {
namespace {

using apdu::KeyName;

/// Every fact holds for both algorithms.
class PinOf : public ::testing::TestWithParam<bool> {
public:
    [[nodiscard]] static virtual_card::CardPlan plan() {
        return GetParam() ? sm4_card() : des_card();
    }
    void spend_tries(CardSession& session, unsigned count) {
        for (unsigned i = 0; i < count; ++i) {
            EXPECT_FALSE(verify_pin(session, wrong, LastTry::spend).ok());
        }
    }
    std::optional<std::uint8_t> tries_left(CardSession& session) {
        auto const status = pin_status(session);
        EXPECT_TRUE(status.ok());
        return status.ok() ? status.value().tries_left : std::nullopt;
    }

    keys::Pin pin = pin_of("123456");
    keys::Pin wrong = pin_of("654321");
    keys::Pin new_pin = pin_of("2468");
};
INSTANTIATE_TEST_SUITE_P(BothAlgorithms, PinOf, ::testing::Values(false, true),
                         [](auto const& each) { return each.param ? "Sm4" : "Des"; });

TEST_P(PinOf, ItsStateCostsNoTry) {
    CardOnTheTable card{live_card(plan())};
    for (unsigned i = 0; i < 10; ++i) {
        auto const status = pin_status(card.session);
        ASSERT_TRUE(status.ok());
        EXPECT_EQ(status.value().state, PinState::set);
        EXPECT_EQ(status.value().tries_left, 6);
    }
}

TEST_P(PinOf, IsVerified) {
    CardOnTheTable card{live_card(plan())};
    EXPECT_FALSE(card.session.is_pin_verified());
    EXPECT_TRUE(verify_pin(card.session, pin, LastTry::refuse).ok());
    EXPECT_TRUE(card.session.is_pin_verified());
}

TEST_P(PinOf, ItsVerificationIsLostWithTheDirectory) {
    CardOnTheTable card{live_card(plan())};
    ASSERT_TRUE(verify_pin(card.session, pin, LastTry::refuse).ok());
    ASSERT_TRUE(card.session.enter(apdu::Directory::df01).ok());
    EXPECT_FALSE(card.session.is_pin_verified());
}

TEST_P(PinOf, AWrongOneTellsTheTriesLeft) {
    CardOnTheTable card{live_card(plan())};
    auto const refused = verify_pin(card.session, wrong, LastTry::refuse);
    EXPECT_EQ(code_of(refused), FaultCode::pin_wrong);
    EXPECT_EQ(refused.error().tries_left, 5);
}

TEST_P(PinOf, TheLastTryIsNotSpentUnasked) {
    CardOnTheTable card{live_card(plan())};
    spend_tries(card.session, 5);
    auto const refused = verify_pin(card.session, pin, LastTry::refuse);
    EXPECT_EQ(code_of(refused), FaultCode::last_try_refused);
    EXPECT_EQ(refused.error().tries_left, 1);
    EXPECT_EQ(code_of(change_pin(card.session, pin, new_pin, LastTry::refuse)),
              FaultCode::last_try_refused);
    EXPECT_EQ(tries_left(card.session), 1);
}

TEST_P(PinOf, TheLastTryIsSpentWhenAskedFor) {
    CardOnTheTable card{live_card(plan())};
    spend_tries(card.session, 5);
    EXPECT_TRUE(verify_pin(card.session, pin, LastTry::spend).ok());
    EXPECT_EQ(tries_left(card.session), 6);
}

TEST_P(PinOf, WrongOnesBlockIt) {
    CardOnTheTable card{live_card(plan())};
    spend_tries(card.session, 5);
    auto const last = verify_pin(card.session, wrong, LastTry::spend);
    EXPECT_EQ(code_of(last), FaultCode::pin_wrong);
    EXPECT_EQ(last.error().tries_left, 0);
    auto const status = pin_status(card.session);
    EXPECT_EQ(status.value().state, PinState::blocked);
    EXPECT_EQ(status.value().tries_left, 0);
    EXPECT_EQ(code_of(verify_pin(card.session, pin, LastTry::spend)), FaultCode::pin_blocked);
    EXPECT_EQ(code_of(change_pin(card.session, pin, new_pin, LastTry::spend)),
              FaultCode::pin_blocked);
}

TEST_P(PinOf, IsChanged) {
    CardOnTheTable card{live_card(plan())};
    ASSERT_TRUE(change_pin(card.session, pin, new_pin, LastTry::refuse).ok());
    EXPECT_EQ(code_of(verify_pin(card.session, pin, LastTry::refuse)), FaultCode::pin_wrong);
    EXPECT_TRUE(verify_pin(card.session, new_pin, LastTry::refuse).ok());
}

TEST_P(PinOf, AWrongOldOneChangesNothing) {
    CardOnTheTable card{live_card(plan())};
    auto const refused = change_pin(card.session, wrong, new_pin, LastTry::refuse);
    EXPECT_EQ(code_of(refused), FaultCode::pin_wrong);
    EXPECT_EQ(refused.error().tries_left, 5);
    EXPECT_TRUE(verify_pin(card.session, pin, LastTry::refuse).ok());
}

TEST_P(PinOf, OneThatIsNotSetIsToldSo) {
    virtual_card::CardPlan without = plan();
    without.pin = "";
    CardOnTheTable card{live_card(without)};
    EXPECT_EQ(pin_status(card.session).value().state, PinState::not_set);
    EXPECT_FALSE(tries_left(card.session).has_value());
    EXPECT_EQ(code_of(verify_pin(card.session, pin, LastTry::spend)), FaultCode::pin_not_set);
    EXPECT_EQ(code_of(change_pin(card.session, pin, new_pin, LastTry::spend)),
              FaultCode::pin_not_set);
}

TEST_P(PinOf, IsResetThoughBlocked) {
    CardOnTheTable card{live_card(plan())};
    spend_tries(card.session, 6);
    ASSERT_TRUE(reset_pin(card.session, new_pin).ok());
    EXPECT_EQ(tries_left(card.session), 6);
    EXPECT_TRUE(verify_pin(card.session, new_pin, LastTry::refuse).ok());
}

TEST_P(PinOf, IsResetFromAnyDirectory) {
    CardOnTheTable card{live_card(plan())};
    ASSERT_TRUE(card.session.enter(apdu::Directory::df04).ok());
    EXPECT_TRUE(reset_pin(card.session, new_pin).ok());
}

TEST_P(PinOf, IsUnblockedAndTheOldOneWorksAgain) {
    CardOnTheTable card{live_card(plan())};
    spend_tries(card.session, 6);
    ASSERT_TRUE(unblock_pin(card.session).ok());
    EXPECT_TRUE(verify_pin(card.session, pin, LastTry::refuse).ok());
}

TEST_P(PinOf, IsNotResetWithoutTheKeysAndTheCardIsNotTouched) {
    for (KeyName const lost : {KeyName::puk, KeyName::stk_ssse}) {
        CardOnTheTable card{live_card(plan()), {lost}};
        std::size_t const before = card.connection.commands();
        EXPECT_EQ(code_of(reset_pin(card.session, new_pin)), FaultCode::key_missing);
        EXPECT_EQ(code_of(unblock_pin(card.session)), FaultCode::key_missing);
        EXPECT_EQ(card.connection.commands(), before);
    }
}

TEST_P(PinOf, AResetWithAWrongMacIsRefusedWithTheCardsWord) {
    virtual_card::LocalConnection connection{live_card(plan()),
                                             {{virtual_card::FaultKind::wrong_mac}}};
    TestKeys keys;
    CardChannel channel{connection};
    CardSession session = open_session(channel, keys.service());
    auto const refused = reset_pin(session, new_pin);
    EXPECT_EQ(code_of(refused), FaultCode::unexpected_status);
    EXPECT_EQ(refused.error().status, apdu::sw::secure_messaging_wrong);
    EXPECT_EQ(refused.error().ins, apdu::Ins::pin_change_unblock);
    EXPECT_TRUE(verify_pin(session, pin, LastTry::refuse).ok());
}

TEST_P(PinOf, AResetWithTheKeysOfAnotherOfficeLocksPukInTheEnd) {
    virtual_card::CardPlan other = plan();
    other.region = {0x51, 0x01, 0x00};
    auto memory = live_card(other); // keys of 510100 behind the card id of 639900
    auto const ours = live_card(plan());
    for (std::size_t i = 0; i < memory.directories.size(); ++i) {
        memory.directories[i].files = ours.directories[i].files;
    }
    CardOnTheTable card{memory};
    for (std::uint8_t left = 3; left-- > 0;) {
        auto const refused = reset_pin(card.session, new_pin);
        EXPECT_EQ(code_of(refused), FaultCode::authentication_failed);
        EXPECT_EQ(refused.error().tries_left, left);
        EXPECT_EQ(refused.error().detail, "PUK");
    }
    EXPECT_EQ(code_of(reset_pin(card.session, new_pin)), FaultCode::key_locked);
}

} // namespace
} // namespace session
