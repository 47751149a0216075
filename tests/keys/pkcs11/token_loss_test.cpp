// An HSM that goes at any moment: told, never half used, and found again.
#include "tests/keys/pkcs11/test_hsm.hpp"
#include "tests/sanitized.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace keys::pkcs11 {
namespace {

constexpr Challenge some_process{0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88};

class TokenLoss : public testing::Test {
protected:
    TokenLoss() { EXPECT_TRUE(group_->take_in({masters_, true}).ok()); }

    /// A job with two requests; false: one of them failed, or there was no service.
    [[nodiscard]] bool does_a_job() {
        auto const keys = group_->lease();
        if (!keys.ok()) {
            return false;
        }
        CardIdentity card = sample_card(Algorithm::des3);
        card.historical.back() = ++cards_;
        bool const first =
            keys.value()
                ->external_authentication(card, {apdu::KeyName::puk}, some_process, {})
                .ok();
        return keys.value()
                   ->pin_reset_command(card, some_process, Pin::from_digits("123456").value())
                   .ok() &&
               first;
    }

    std::uint8_t cards_ = 0;
    TestHsm hsm_{{"office", "spare"}};
    std::vector<MasterKey> masters_ = hsm_masters();
    std::unique_ptr<TokenGroup> group_ = hsm_.group();
};

TEST_F(TokenLoss, AtAnyCallCostsOneJobAndTheNextFindsItAgain) {
    for (CK_RV const fault :
         {CKR_DEVICE_REMOVED, CKR_SESSION_HANDLE_INVALID, CKR_CRYPTOKI_NOT_INITIALIZED,
          CKR_USER_NOT_LOGGED_IN, CKR_DEVICE_ERROR, CKR_TOKEN_NOT_PRESENT}) {
        unsigned jobs_lost = 0;
        bool has_gone_through = false;
        for (unsigned at = 1; !has_gone_through && at < 200; at += point_distance) {
            group_.reset();
            group_ = hsm_.group(); // from the module's beginning
            hsm_.plan() = {};
            hsm_.plan().fails_at = at;
            hsm_.plan().fault = fault;
            bool const worked = does_a_job();
            has_gone_through = worked && hsm_.plan().calls < at;
            jobs_lost += worked ? 0 : 1;
            hsm_.plan().fails_at = 0;
            ASSERT_TRUE(does_a_job()) << name_of(fault) << " at call " << at;
        }
        EXPECT_TRUE(has_gone_through);
        EXPECT_GT(jobs_lost, 50 / point_distance);
    }
}

TEST_F(TokenLoss, ForGoodIsToldAndEndsWithTheFault) {
    ASSERT_TRUE(does_a_job());
    hsm_.told.clear();
    hsm_.plan() = {};
    hsm_.plan().fails_at = 1;
    hsm_.plan().for_good = true;
    hsm_.plan().fault = CKR_DEVICE_REMOVED;
    for (int i = 0; i < 5; ++i) {
        EXPECT_FALSE(does_a_job());
    }
    // Not once a job.
    EXPECT_EQ(hsm_.told, (std::vector<std::string>{"office: lost", "office: module_failed"}));
    EXPECT_TRUE(group_->report().tokens.at(0).fault);
    hsm_.plan() = {};
    EXPECT_TRUE(does_a_job());
    EXPECT_EQ(hsm_.told.back(), "office: well");
}

TEST_F(TokenLoss, IsTheEndOfTheJobAndBringsNoOtherTokenIntoTheMiddleOfACard) {
    group_ = hsm_.group({TestHsm::token("office"), TestHsm::token("spare")});
    auto keys = group_->lease();
    ASSERT_TRUE(keys.ok());
    CardIdentity const card = sample_card(Algorithm::des3);
    hsm_.plan() = {};
    hsm_.plan().fails_at = 1;
    hsm_.plan().fault = CKR_SESSION_CLOSED;
    EXPECT_FALSE(keys.value()->pin_reset_command(card, {}, Pin::from_digits("1234").value()).ok());
    hsm_.plan() = {};
    EXPECT_FALSE(keys.value()->pin_reset_command(card, {}, Pin::from_digits("1234").value()).ok());
    EXPECT_EQ(hsm_.plan().calls, 0U);
    keys.value().reset();
    EXPECT_TRUE(does_a_job());
}

TEST_F(TokenLoss, HasASpareTakeOver) {
    group_ = hsm_.group({TestHsm::token("spare")});
    ASSERT_TRUE(group_->take_in({masters_, true}).ok());
    TokenSettings broken = TestHsm::token("office");
    broken.label = "sold";
    group_ = hsm_.group({broken, TestHsm::token("spare")});
    EXPECT_TRUE(does_a_job());
    EXPECT_EQ(hsm_.told, (std::vector<std::string>{"sold: token_missing"}));
    auto const report = group_->report();
    EXPECT_FALSE(report.tokens.at(0).is_in_use);
    EXPECT_TRUE(report.tokens.at(1).is_in_use);
}

TEST_F(TokenLoss, OfTheWholeTokenIsMendedByItsReturn) {
    group_.reset(); // the module ends, as when a service is stopped
    hsm_.take_away();
    group_ = hsm_.group();
    EXPECT_EQ(group_->lease().error().code, TokenFaultCode::token_missing);
    hsm_.put_back();
    EXPECT_TRUE(does_a_job());
}

TEST(TokenModule, ThatIsNoneIsTold) {
    TestHsm hsm;
    TokenSettings missing = TestHsm::token();
    missing.module = "/nowhere/libhsm.so";
    EXPECT_EQ(hsm.group({missing})->lease().error().code, TokenFaultCode::module_missing);
    missing.module = "/proc/self/exe";
    EXPECT_EQ(hsm.group({missing})->lease().error().code, TokenFaultCode::module_missing);
}

TEST(TokenPin, ThatIsWrongIsTriedOnce) {
    TestHsm hsm;
    hsm.pin = "000000";
    auto const group = hsm.group();
    for (int i = 0; i < 4; ++i) {
        EXPECT_EQ(group->lease().error().code, TokenFaultCode::pin_wrong);
    }
    EXPECT_EQ(hsm.plan().logins, 1U);
    hsm.pin = hsm_pin;
    EXPECT_EQ(group->lease().error().code, TokenFaultCode::pin_wrong);
    EXPECT_TRUE(group->log_in().ok());
    EXPECT_TRUE(group->lease().ok());
}

TEST(TokenPin, IsNotTriedByAProgramAfterAWrongOne) {
    TestHsm hsm;
    hsm.pin = "000000";
    EXPECT_FALSE(hsm.group()->lease().ok());
    hsm.pin = hsm_pin;
    hsm.plan() = {};
    auto const started_again = hsm.group();
    EXPECT_EQ(started_again->lease().error().code, TokenFaultCode::pin_at_risk);
    EXPECT_EQ(hsm.plan().logins, 0U);
    EXPECT_TRUE(started_again->log_in().ok());
}

TEST(TokenPin, ThatNobodyGaveIsWaitedFor) {
    TestHsm hsm;
    hsm.pin.clear();
    auto const group = hsm.group();
    EXPECT_EQ(group->lease().error().code, TokenFaultCode::pin_not_given);
    hsm.pin = hsm_pin;
    EXPECT_TRUE(group->log_in().ok());
    EXPECT_TRUE(group->lease().ok());
    group->log_out();
    EXPECT_EQ(group->lease().error().code, TokenFaultCode::pin_not_given);
}

TEST(TokenQueue, IsBounded) {
    TestHsm hsm;
    auto const group = hsm.group();
    auto first = group->lease();
    auto second = group->lease();
    ASSERT_TRUE(first.ok() && second.ok());
    EXPECT_EQ(group->lease().error().code, TokenFaultCode::busy);
    first.value().reset();
    EXPECT_TRUE(group->lease().ok());
}

TEST(TokenQueue, GivesAPlaceToWhoeverWaits) {
    TestHsm hsm;
    auto const group = hsm.group();
    std::vector<std::jthread> jobs;
    std::atomic<unsigned> served = 0;
    auto first = group->lease();
    auto second = group->lease();
    jobs.emplace_back([&] { served += group->lease().ok() ? 1 : 0; });
    second.value().reset();
    jobs.clear();
    EXPECT_EQ(served, 1U);
}

} // namespace
} // namespace keys::pkcs11
