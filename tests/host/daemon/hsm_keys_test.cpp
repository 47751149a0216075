// The daemon's side of an HSM: opened by its PIN, told of, filled, emptied, lost and found again.
#include "desk.hpp"

#include "host/daemon/hsm_keys.hpp"
#include "host/daemon/key_doctor.hpp"

#include "tests/keys/pkcs11/test_hsm.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace {

using namespace sscardd;
using keys::pkcs11::hsm_pin;
using keys::pkcs11::TestHsm;

constexpr std::string_view wrong_pin = "000000";

constexpr std::string_view one_test_key = R"({"test": true, "keys": [
    {"name": "IRK", "algorithm": "SM4", "value": "0123456789ABCDEFFEDCBA9876543210"}]})";
constexpr std::string_view one_real_key = R"({"keys": [
    {"name": "BK", "algorithm": "SM4", "value": "0123456789ABCDEFFEDCBA9876543210"}]})";

class AnHsm : public testing::Test {
protected:
    AnHsm() {
        office_.keys.hsm.tokens = {TestHsm::token("office")};
        office_.keys.hsm.retry_after = std::chrono::milliseconds{0};
    }
    std::unique_ptr<HsmKeys> start() {
        auto started = HsmKeys::start(office_.keys);
        EXPECT_EQ(code_of(started), "ok");
        return started.ok() ? std::move(started).value() : nullptr;
    }
    static std::string unlock(HsmKeys& keys, std::string_view pin) {
        return code_of(keys.unlock({api::SecretText{pin}}));
    }
    /// systemd's folder of credentials with the PIN in it.
    void give_credential(std::string_view content) {
        setenv("CREDENTIALS_DIRECTORY", folder_.path().c_str(), 1);
        std::ofstream{folder_.path() / "hsm-pin"} << content;
        office_.keys.token_pin_credential = "hsm-pin";
    }
    std::unique_ptr<HsmKeys> open() {
        auto keys = start();
        EXPECT_EQ(unlock(*keys, hsm_pin), "ok");
        return keys;
    }
    static std::string take_in(HsmKeys& keys, std::string_view file) {
        return code_of(keys.take_in({api::SecretText{file}}));
    }
    static std::vector<std::string> codes(std::vector<api::Fault> const& faults) {
        std::vector<std::string> codes;
        codes.reserve(faults.size());
        for (api::Fault const& fault : faults) {
            codes.push_back(fault.code + (fault.detail.empty() ? "" : " " + fault.detail));
        }
        return codes;
    }

    TestHsm hsm_{{"office", "spare"}};
    TestDirectory folder_{};
    Configuration office_{};
};

using Codes = std::vector<std::string>;

TEST_F(AnHsm, IsLockedUntilItsPinIsGiven) {
    auto const keys = start();
    EXPECT_EQ(keys->report().back_end, api::KeyBackEnd::pkcs11);
    EXPECT_EQ(keys->report().state, api::KeyState::locked);
    EXPECT_EQ(keys->report().path, "office");
    EXPECT_FALSE(keys->report().fault);
    EXPECT_TRUE(keys->service().are_locked);
    EXPECT_EQ(take_in(*keys, one_test_key), "keys_locked");
    EXPECT_EQ(hsm_.plan().logins, 0U);
    EXPECT_EQ(unlock(*keys, hsm_pin), "ok");
    EXPECT_EQ(keys->report().state, api::KeyState::open);
    EXPECT_EQ(hsm_.plan().logins, 1U);
}

TEST_F(AnHsm, IsOpenedByACredentialAtTheStart) {
    give_credential(std::string{hsm_pin} + "\n");
    auto const keys = start();
    EXPECT_EQ(keys->report().state, api::KeyState::open);
    EXPECT_EQ(code_of(keys->lock()), "ok");
    EXPECT_EQ(keys->report().state, api::KeyState::locked);
    EXPECT_EQ(code_of(keys->unlock({})), "ok"); // by it again
    office_.keys.token_pin_credential = "another";
    EXPECT_EQ(code_of(HsmKeys::start(office_.keys)), "credential_missing");
}

TEST_F(AnHsm, IsNeverGivenAWrongPinTwice) {
    give_credential(wrong_pin);
    auto const keys = start();
    EXPECT_EQ(hsm_.plan().logins, 1U);
    EXPECT_EQ(keys->report().state, api::KeyState::unusable);
    EXPECT_EQ(keys->report().fault->code, "hsm_pin_wrong");
    auto const at_job = keys->service();
    EXPECT_EQ(at_job.service, nullptr);
    ASSERT_TRUE(at_job.trouble);
    EXPECT_EQ(at_job.trouble()->code, session::FaultCode::key_service_failed);
    EXPECT_EQ(hsm_.plan().logins, 1U); // however often it is asked
    EXPECT_EQ(unlock(*keys, hsm_pin), "ok");
    EXPECT_EQ(keys->report().state, api::KeyState::open);
}

TEST_F(AnHsm, ThatIsOpenKeepsThePinThatOpenedIt) {
    auto const keys = open();
    EXPECT_EQ(unlock(*keys, wrong_pin), "ok"); // nobody looked at it
    EXPECT_EQ(hsm_.plan().logins, 1U);
    ASSERT_EQ(take_in(*keys, one_test_key), "ok");
    hsm_.plan() = {.fails_at = 1, .fault = CKR_DEVICE_REMOVED, .for_good = true};
    EXPECT_FALSE(keys->service().service->internal_answer({}, 1, {}, {}).ok());
    hsm_.plan() = {};
    EXPECT_EQ(keys->report().state, api::KeyState::open); // by the right one
}

TEST_F(AnHsm, TellsOfItsKeysByEverythingButThemselves) {
    auto const keys = open();
    EXPECT_EQ(take_in(*keys, one_test_key), "ok");
    EXPECT_EQ(take_in(*keys, one_test_key), "key_known");
    auto const report = keys->report();
    ASSERT_EQ(report.keys.size(), 1U);
    EXPECT_EQ(report.keys[0].name, "IRK");
    EXPECT_EQ(report.keys[0].algorithm, "SM4");
    EXPECT_EQ(report.keys[0].size, 16);
    EXPECT_EQ(report.keys[0].back_end, api::KeyBackEnd::pkcs11);
    EXPECT_NE(report.keys[0].check_value, "000000");
    EXPECT_EQ(report.keys[0].check_value.size(), 6U);
    EXPECT_EQ(report.test, true);
    auto const at_hand = keys->service();
    ASSERT_NE(at_hand.service, nullptr);
    EXPECT_TRUE(at_hand.service->has(keys::Algorithm::sm4, {apdu::KeyName::irk}));
    EXPECT_TRUE(at_hand.service->holds_test_keys());
}

TEST_F(AnHsm, TakesTheKeysOfACeremony) {
    auto const keys = open();
    EXPECT_FALSE(keys->refusal());
    std::vector<keys::MasterKey> made;
    made.push_back({apdu::KeyName::irk, 2, keys::Tier::city,
                    keys::CardKey{keys::CipherKind::des3, std::vector<std::uint8_t>(16, 0x5B)}});
    EXPECT_EQ(code_of(keys->take(std::move(made))), "ok");
    EXPECT_EQ(keys->report().test, false);
    EXPECT_EQ(keys->report().keys.at(0).version, 2);
    EXPECT_EQ(take_in(*keys, one_test_key), "test_keys_mixed");
}

TEST_F(AnHsm, GivesNoBackup) {
    auto const keys = open();
    EXPECT_EQ(keys->back_up(2, 3).error().code, "hsm_keys_stay");
}

TEST_F(AnHsm, RemovesAKeyWhoseCheckValueIsRepeated) {
    auto const keys = open();
    ASSERT_EQ(take_in(*keys, one_test_key), "ok");
    std::string const value = keys->report().keys.at(0).check_value;
    EXPECT_EQ(code_of(keys->remove({"BK", "SM4", std::nullopt, value})), "key_unknown");
    EXPECT_EQ(code_of(keys->remove({"IRK", "SM4", std::nullopt, "000000"})), "check_value_differs");
    EXPECT_EQ(code_of(keys->remove({"IRK", "SM4", std::nullopt, value})), "ok");
    EXPECT_TRUE(keys->report().keys.empty());
}

TEST_F(AnHsm, LockingForgetsThePin) {
    auto const keys = open();
    EXPECT_EQ(code_of(keys->lock()), "ok");
    EXPECT_EQ(keys->report().state, api::KeyState::locked);
    EXPECT_TRUE(keys->service().are_locked);
    EXPECT_EQ(code_of(keys->unlock({})), "keys_locked"); // nothing is kept that opens it
    EXPECT_EQ(unlock(*keys, hsm_pin), "ok");
}

TEST_F(AnHsm, ThatIsLostIsFoundAgainByItself) {
    auto const keys = open();
    ASSERT_EQ(take_in(*keys, one_test_key), "ok");
    hsm_.plan() = {.fails_at = 1, .fault = CKR_DEVICE_REMOVED, .for_good = true};
    {
        auto const at_work = keys->service();
        ASSERT_NE(at_work.service, nullptr);
        EXPECT_FALSE(at_work.service->internal_answer({}, 1, {}, {}).ok());
    }
    hsm_.plan() = {};
    auto const again = keys->service();
    ASSERT_NE(again.service, nullptr);
    EXPECT_TRUE(again.service->has(keys::Algorithm::sm4, {apdu::KeyName::irk}));
}

TEST_F(AnHsm, GivesWayToASpareToken) {
    office_.keys.hsm.tokens = {TestHsm::token("absent"), TestHsm::token("spare")};
    auto const keys = open();
    auto const report = keys->report();
    EXPECT_EQ(report.path, "spare");
    ASSERT_EQ(report.tokens.size(), 2U);
    EXPECT_FALSE(report.tokens[0].in_use);
    EXPECT_EQ(report.tokens[0].fault->code, "hsm_token_missing");
    EXPECT_TRUE(report.tokens[1].in_use);
    EXPECT_EQ(codes(diagnose_keys(*keys, office_).warnings)[0], "hsm_token_missing absent");
}

TEST_F(AnHsm, InProductionRefusesTestKeys) {
    ASSERT_EQ(take_in(*open(), one_test_key), "ok");
    office_.keys.production = true;
    auto const keys = start();
    ASSERT_EQ(unlock(*keys, hsm_pin), "ok");
    EXPECT_EQ(keys->report().state, api::KeyState::unusable);
    EXPECT_EQ(keys->report().fault->code, "test_keys_refused");
    EXPECT_EQ(keys->service().service, nullptr);
    EXPECT_EQ(take_in(*keys, one_real_key), "test_keys_refused");
    give_credential(hsm_pin);
    EXPECT_EQ(code_of(HsmKeys::start(office_.keys)), "test_keys_refused");
}

TEST_F(AnHsm, TheDoctorTellsWhatItCannotDo) {
    office_.keys.hsm.tokens[0].mechanisms.sm4.reset();
    auto const keys = open();
    auto const of_sm4 = diagnose_keys(*keys, office_);
    EXPECT_EQ(codes(of_sm4.faults)[0], "hsm_mechanism_missing office, SM4: all");
    EXPECT_EQ(codes(of_sm4.warnings), Codes{"key_held_back card_keys_may_leave = false"});
    office_.algorithm = keys::Algorithm::des3;
    auto const of_des3 = diagnose_keys(*keys, office_);
    EXPECT_EQ(codes(of_des3.warnings)[0], "hsm_mechanism_missing office, SM4: all");
    office_.keys.hsm.tokens[0].mechanisms.des3.derive = CKM_SHA_1;
    EXPECT_EQ(codes(diagnose_keys(*open(), office_).faults)[0],
              "hsm_mechanism_missing office, 3DES: derive");
}

} // namespace
