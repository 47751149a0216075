// A key that a token makes for itself while its custodians look on: the daemon's side.
#include "custody_room.hpp"

#include "host/daemon/hsm_keys.hpp"
#include "host/daemon/key_doctor.hpp"
#include "host/daemon/key_generation.hpp"

#include "tests/keys/pkcs11/test_hsm.hpp"

namespace sscardd {
namespace {

using keys::pkcs11::hsm_pin;
using keys::pkcs11::TestHsm;

class AGeneration : public testing::Test {
protected:
    AGeneration() {
        office_.state_directory = folder_.path();
        office_.keys.hsm.tokens = {TestHsm::token("office")};
        office_.keys.hsm.retry_after = std::chrono::milliseconds{0};
    }
    void open() {
        keys_ = HsmKeys::start(office_.keys).value();
        EXPECT_EQ(code_of(keys_->unlock({api::SecretText{hsm_pin}})), "ok");
        minutes_ = std::make_unique<MinutesKeeper>(office_, *keys_);
        ceremonies_ = std::make_unique<Ceremonies>(*minutes_);
    }
    static api::KeyGenerationRequest the_key() {
        return {"UKSSSE", "3DES", "city", 2, "", {"张三", "李四"}, {"王五"}};
    }
    std::string begin(api::KeyGenerationRequest const& request = the_key()) {
        auto begun =
            ceremonies_->begin(audit::Act::generation, {request.custodians, request.witnesses},
                               "operator", [&] { return KeyGeneration::begin(*keys_, request); });
        token_ = begun.ok() ? begun.value().token : "";
        return code_of(begun);
    }
    api::Outcome<api::Combined> combine() { return ceremonies_->combine({token_}, "operator"); }
    std::string finish(std::string const& check_value,
                       std::vector<std::string> by = {"张三", "李四"}) {
        return code_of(ceremonies_->finish({token_, check_value, std::move(by)}, "operator"));
    }
    std::string generate(api::KeyGenerationRequest const& request = the_key()) {
        std::string begun = begin(request);
        if (begun != "ok") {
            return begun;
        }
        auto const combined = combine();
        return combined.ok() ? finish(combined.value().check_value) : combined.error().code;
    }
    std::string last_minutes() {
        return minutes_->find(minutes_->list().value().minutes.back().number).value().text;
    }

    TestHsm hsm_{{"office", "spare"}};
    TestDirectory folder_{};
    Configuration office_{};
    std::unique_ptr<HsmKeys> keys_{};
    std::unique_ptr<MinutesKeeper> minutes_{};
    std::unique_ptr<Ceremonies> ceremonies_{};
    std::string token_{};
};

TEST_F(AGeneration, PutsAKeyIntoTheTokenAndIntoMinutes) {
    open();
    ASSERT_EQ(begin(), "ok");
    auto const value = combine().value().check_value;
    EXPECT_EQ(combine().value().check_value, value)
        << "the same key, however often it is asked for";
    EXPECT_TRUE(keys_->report().keys.empty()) << "nobody has confirmed it";
    ASSERT_EQ(finish(value), "ok");
    auto const keys = keys_->report().keys;
    ASSERT_EQ(keys.size(), 1U);
    EXPECT_EQ(keys[0].name, "UKSSSE");
    EXPECT_EQ(keys[0].tier, "city");
    EXPECT_EQ(keys[0].version, 2);
    EXPECT_EQ(keys[0].check_value, value);
    std::string const minutes = last_minutes();
    std::vector<std::string> const parts{"\"act\":\"generation\"",
                                         "\"outcome\":\"done\"",
                                         value,
                                         "张三",
                                         "token office",
                                         "generated"};
    for (std::string const& part : parts) {
        EXPECT_TRUE(has_part(minutes, part)) << part << " in " << minutes;
    }
    EXPECT_EQ(begin(), "key_known");
}

TEST_F(AGeneration, ThatIsNotConfirmedLeavesNothing) {
    open();
    ASSERT_EQ(begin(), "ok");
    EXPECT_EQ(finish("000000"), "part_missing");
    auto const value = combine().value().check_value;
    EXPECT_EQ(finish(value, {"张三"}), "ceremony_not_confirmed");
    EXPECT_EQ(
        code_of(ceremonies_->take({token_, 1, api::SecretText{first_component}, {}}, "operator")),
        "part_foreign");
    EXPECT_EQ(code_of(ceremonies_->show({token_, 1}, "operator")), "part_shown");
    EXPECT_EQ(code_of(ceremonies_->abort({token_, "enough"}, "operator")), "ok");
    EXPECT_TRUE(keys_->report().keys.empty());
    EXPECT_TRUE(has_part(last_minutes(), value)) << "which the custodians have seen";
    ASSERT_EQ(begin(), "ok");
    auto const second = combine().value().check_value;
    EXPECT_NE(second, value);
    EXPECT_EQ(code_of(keys_->lock()), "ok"); // meanwhile
    EXPECT_EQ(finish(second), "key_unknown");
    EXPECT_TRUE(has_part(last_minutes(), "\"outcome\":\"failed\""));
}

TEST_F(AGeneration, AsksWhichTokenWhereThereAreSeveralAndTellsWhoLacksTheKey) {
    office_.keys.hsm.tokens.push_back(TestHsm::token("spare"));
    open();
    EXPECT_EQ(begin(), "request_invalid");
    auto request = the_key();
    request.token = "third";
    EXPECT_EQ(begin(request), "request_invalid");
    request.token = "office";
    ASSERT_EQ(generate(request), "ok");
    EXPECT_TRUE(has_part(last_minutes(), "token office; not in spare"));
    auto const found = diagnose_keys(*keys_, office_);
    bool is_told = false;
    for (api::Fault const& warning : found.warnings) {
        is_told = is_told ||
                  (warning.code == "hsm_spare_lacks" && warning.detail == "spare: UKSSSE 3DES v2");
    }
    EXPECT_TRUE(is_told);
}

TEST_F(AGeneration, IsRefusedWhereItCannotBe) {
    open();
    auto request = the_key();
    request.algorithm = "DES";
    EXPECT_EQ(begin(request), "request_invalid");
    request = the_key();
    request.name = "NONE";
    EXPECT_EQ(begin(request), "request_invalid");
    request = the_key();
    request.custodians = {"张三"};
    EXPECT_EQ(begin(request), "request_invalid");
    ASSERT_EQ(begin(), "ok");
    hsm_.plan() = {.fails_at = 1, .fault = CKR_DEVICE_REMOVED, .for_good = true};
    EXPECT_EQ(code_of(combine()), "hsm_lost");
    hsm_.plan() = {};
    EXPECT_EQ(code_of(ceremonies_->abort({token_, ""}, "operator")), "ok");
    EXPECT_EQ(code_of(keys_->lock()), "ok");
    EXPECT_EQ(begin(), "keys_locked");
}

class AGenerationInASealedStore : public CustodyRoom {};

TEST_F(AGenerationInASealedStore, IsRefused) {
    auto const begun =
        KeyGeneration::begin(*keys_, {"UKSSSE", "3DES", "city", 2, "", {"张三", "李四"}, {}});
    EXPECT_EQ(code_of(begun), "no_hsm");
}

} // namespace
} // namespace sscardd
