// The daemon's side of a sealed store: locked, unlocked, refused, slowed and told.
#include "desk.hpp"

#include "host/daemon/key_doctor.hpp"
#include "host/daemon/sealed_keys.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

namespace {

using namespace sscardd;
using keys::sealed::SealedStore;
using keys::sealed::SealingSecret;

constexpr std::string_view words = "seven blue horses";
constexpr std::string_view wrong_words = "seven blue mules";

/// A key file with one key; made up.
constexpr std::string_view one_more = R"({"test": true, "keys": [
    {"name": "BK", "algorithm": "SM4", "value": "0123456789ABCDEFFEDCBA9876543210"}]})";
constexpr std::string_view one_real = R"({"keys": [
    {"name": "BK", "algorithm": "SM4", "value": "0123456789ABCDEFFEDCBA9876543210"}]})";

std::vector<keys::MasterKey> all_test_keys() {
    std::vector<keys::MasterKey> copies;
    for (keys::MasterKey const& key : test_keys().keys) {
        copies.push_back(keys::copy_of(key));
    }
    return copies;
}

/// A sealed store as the daemon finds it, with the test keys in it, cheap to open.
class ASealedStore : public testing::Test {
protected:
    void make_store(SealingSecret const& secret, bool is_test = true) {
        auto store = SealedStore::claim(settings_.store);
        ASSERT_TRUE(store.ok());
        auto made = std::move(store).value();
        ASSERT_TRUE(made.create(secret, all_test_keys(), is_test, keys::sealed::cost_min).ok());
    }
    void make_store() { make_store(SealingSecret::passphrase(words).value()); }

    /// systemd's folder of credentials with that one in it.
    void give_credential(std::string const& name, std::string_view content) {
        setenv("CREDENTIALS_DIRECTORY", folder_.path().c_str(), 1);
        std::ofstream{folder_.path() / name} << content;
    }

    std::unique_ptr<SealedKeys> start() {
        auto started = SealedKeys::start(settings_, AttemptPace{[this] { return now_; }});
        EXPECT_EQ(code_of(started), "ok");
        return started.ok() ? std::move(started).value() : nullptr;
    }
    static std::string unlock(SealedKeys& keys, std::string_view passphrase) {
        return code_of(keys.unlock({api::SecretText{passphrase}}));
    }

    TestDirectory folder_{};
    KeySettings settings_{.store = folder_.path() / "keys"};
    AttemptPace::Clock::time_point now_{};
};

TEST_F(ASealedStore, IsLockedUntilItsPassphraseIsGiven) {
    make_store();
    auto const keys = start();
    EXPECT_EQ(keys->report().state, api::KeyState::locked);
    EXPECT_EQ(keys->report().sealed_by, "passphrase");
    EXPECT_EQ(keys->report().test, true); // told before it is open
    EXPECT_TRUE(keys->report().keys.empty());
    EXPECT_TRUE(keys->service().are_locked);
    EXPECT_EQ(keys->service().service, nullptr);
    EXPECT_EQ(unlock(*keys, words), "ok");
    EXPECT_EQ(keys->report().state, api::KeyState::open);
    EXPECT_EQ(keys->report().keys.size(), test_keys().keys.size());
    ASSERT_NE(keys->service().service, nullptr);
    EXPECT_TRUE(keys->service().service->holds_test_keys());
}

TEST_F(ASealedStore, LockingLeavesWorkThatHasBegunItsKeys) {
    make_store();
    auto const keys = start();
    ASSERT_EQ(unlock(*keys, words), "ok");
    auto const at_work = keys->service();
    EXPECT_EQ(code_of(keys->lock()), "ok");
    EXPECT_EQ(keys->report().state, api::KeyState::locked);
    EXPECT_EQ(keys->service().service, nullptr);
    EXPECT_TRUE(at_work.service->has(keys::Algorithm::sm4, {apdu::KeyName::irk}));
}

TEST_F(ASealedStore, SlowsWhoeverTriesPassphrases) {
    make_store();
    auto const keys = start();
    EXPECT_EQ(unlock(*keys, wrong_words), "passphrase_wrong");
    auto const refused = keys->unlock({api::SecretText{words}}); // though it is right
    EXPECT_EQ(refused.error().code, "passphrase_wait");
    EXPECT_EQ(refused.error().detail, "1 s");
    now_ += std::chrono::seconds{1};
    EXPECT_EQ(unlock(*keys, wrong_words), "passphrase_wrong");
    EXPECT_EQ(keys->unlock({api::SecretText{words}}).error().detail, "2 s");
    EXPECT_EQ(code_of(keys->change_passphrase({api::SecretText{words}, api::SecretText{"x"}})),
              "passphrase_wait");
    now_ += std::chrono::seconds{2};
    EXPECT_EQ(unlock(*keys, words), "ok");
    EXPECT_EQ(unlock(*keys, wrong_words), "passphrase_wrong");
    EXPECT_EQ(keys->report().state, api::KeyState::open); // what is open stays open
    EXPECT_EQ(keys->unlock({api::SecretText{words}}).error().detail, "1 s");
}

TEST(AttemptPace, DoublesUpToFiveMinutes) {
    AttemptPace::Clock::time_point const never_moves{};
    AttemptPace pace{[&] { return never_moves; }};
    EXPECT_FALSE(pace.wait());
    for (int const seconds : {1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300}) {
        pace.note_wrong();
        EXPECT_EQ(pace.wait(), std::chrono::seconds{seconds});
    }
    pace.note_right();
    EXPECT_FALSE(pace.wait());
}

TEST_F(ASealedStore, IsOpenedByACredentialAtTheStart) {
    std::vector<std::uint8_t> const bytes(keys::sealed::credential_size, 0x41);
    make_store(SealingSecret::credential(bytes).value());
    settings_.credential = "store-key";
    give_credential("store-key", std::string(keys::sealed::credential_size, 'A'));
    EXPECT_EQ(start()->report().state, api::KeyState::open);
    give_credential("store-key", std::string(keys::sealed::credential_size, 'B'));
    auto const keys = start();
    EXPECT_EQ(keys->report().state, api::KeyState::unusable);
    EXPECT_EQ(keys->report().fault->code, "credential_wrong");
    give_credential("store-key", std::string(keys::sealed::credential_size, 'A'));
    EXPECT_EQ(code_of(keys->unlock({})), "ok"); // put right without a restart
}

TEST_F(ASealedStore, IsOpenedByAPassphraseFromACredential) {
    make_store();
    settings_.passphrase_credential = "store-words";
    give_credential("store-words", std::string{words} + "\n");
    EXPECT_EQ(start()->report().state, api::KeyState::open);
}

TEST_F(ASealedStore, DoesNotStartWithoutTheCredentialThatIsConfigured) {
    make_store();
    settings_.credential = "absent";
    give_credential("another", "x");
    EXPECT_EQ(code_of(SealedKeys::start(settings_)), "credential_missing");
    give_credential("absent", "short");
    EXPECT_EQ(code_of(SealedKeys::start(settings_)), "credential_wrong");
}

TEST_F(ASealedStore, ASecondDaemonIsRefused) {
    make_store();
    auto const first = start();
    auto const second = SealedKeys::start(settings_);
    ASSERT_EQ(code_of(second), "store_in_use");
    EXPECT_NE(second.error().detail.find(std::to_string(getpid())), std::string::npos);
}

TEST_F(ASealedStore, OfTestKeysIsRefusedInProduction) {
    make_store();
    settings_.production = true;
    EXPECT_EQ(code_of(SealedKeys::start(settings_)), "test_keys_refused");
    EXPECT_EQ(check_key_store(settings_).size(), 1U);
    std::filesystem::remove(settings_.store);
    auto const keys = start();
    EXPECT_TRUE(keys->report().production);
    EXPECT_EQ(code_of(keys->create({api::SecretText{words}, api::SecretText{one_more}})),
              "test_keys_refused");
    EXPECT_EQ(code_of(keys->create({api::SecretText{words}, std::nullopt, true})),
              "test_keys_refused");
    EXPECT_EQ(code_of(keys->create({api::SecretText{words}, api::SecretText{one_real}})), "ok");
    EXPECT_EQ(keys->report().test, false);
}

TEST_F(ASealedStore, IsMadeFromAFileAndChangedByItsCheckValues) {
    auto const keys = start();
    EXPECT_EQ(keys->report().fault->code, "store_missing");
    EXPECT_EQ(code_of(keys->create({})), "passphrase_not_given");
    EXPECT_EQ(code_of(keys->create({api::SecretText{"short"}})), "passphrase_short");
    auto const invalid = keys->create({api::SecretText{words}, api::SecretText{"[{}]"}});
    EXPECT_EQ(code_of(invalid), "key_file_invalid");
    EXPECT_EQ(invalid.error().problems.at(0).where, "/0");
    EXPECT_EQ(code_of(keys->create({api::SecretText{words}, api::SecretText{one_more}})), "ok");
    EXPECT_EQ(code_of(keys->create({api::SecretText{words}})), "store_exists");
    auto const known = keys->report().keys;
    ASSERT_EQ(known.size(), 1U);
    EXPECT_EQ(known[0].check_value, "2677F4");
    EXPECT_EQ(known[0].tier, "ministry");
    EXPECT_TRUE(known[0].test);
    EXPECT_EQ(code_of(keys->take_in({api::SecretText{one_more}})), "key_known");
    EXPECT_EQ(code_of(keys->take_in({api::SecretText{one_real}})), "test_keys_mixed");
    EXPECT_EQ(code_of(keys->remove({"BK", "SM4", std::nullopt, "2677F5"})), "check_value_differs");
    EXPECT_EQ(code_of(keys->remove({"BK", "SM4", 1, "2677F4"})), "key_unknown");
    EXPECT_EQ(code_of(keys->remove({"BK", "SM4", std::nullopt, "2677F4"})), "ok");
    EXPECT_TRUE(keys->report().keys.empty());
    EXPECT_EQ(code_of(keys->lock()), "ok");
    EXPECT_EQ(code_of(keys->take_in({api::SecretText{one_more}})), "keys_locked");
    EXPECT_EQ(code_of(keys->remove({"BK", "SM4", std::nullopt, "2677F4"})), "keys_locked");
}

TEST_F(ASealedStore, TakesANewPassphraseForTheOldOne) {
    make_store();
    auto const keys = start();
    EXPECT_EQ(code_of(keys->change_passphrase({api::SecretText{words}, api::SecretText{"short"}})),
              "passphrase_short");
    EXPECT_EQ(keys->report().state, api::KeyState::locked);
    EXPECT_EQ(code_of(keys->change_passphrase(
                  {api::SecretText{words}, api::SecretText{"eight green goats"}})),
              "ok");
    EXPECT_EQ(unlock(*keys, words), "passphrase_wrong");
}

TEST_F(ASealedStore, ThatIsDamagedIsToldAndMayBePutRight) {
    make_store();
    ASSERT_EQ(::chmod(settings_.store.c_str(), 0644), 0);
    auto const keys = start();
    EXPECT_EQ(keys->report().fault->code, "store_permissions");
    EXPECT_EQ(unlock(*keys, words), "store_permissions");
    ASSERT_EQ(::chmod(settings_.store.c_str(), 0600), 0);
    std::filesystem::copy(settings_.store, folder_.path() / "backup");
    std::filesystem::resize_file(settings_.store, 100);
    EXPECT_EQ(unlock(*keys, words), "store_truncated");
    EXPECT_EQ(keys->report().fault->code, "store_truncated");
    std::filesystem::rename(folder_.path() / "backup", settings_.store);
    EXPECT_EQ(unlock(*keys, words), "ok");
    EXPECT_FALSE(keys->report().fault);
}

TEST_F(ASealedStore, IsExaminedInPlainWords) {
    auto const keys = start();
    auto found = diagnose_keys(*keys, office());
    ASSERT_EQ(found.faults.size(), 1U);
    EXPECT_EQ(found.faults[0].code, "store_missing");
    ASSERT_EQ(code_of(keys->create({api::SecretText{words}, api::SecretText{one_more}})), "ok");
    Configuration new_cards = office();
    new_cards.version = apdu::SpecVersion::v3_00;
    found = diagnose_keys(*keys, new_cards);
    EXPECT_EQ(found.algorithm, "SM4");
    EXPECT_EQ(found.missing.size(), found.needed - 1U); // BK is there
    ASSERT_EQ(found.faults.size(), 1U);
    EXPECT_EQ(found.faults[0].code, "key_missing");
    ASSERT_EQ(found.warnings.size(), 1U);
    EXPECT_EQ(found.warnings[0].code, "test_keys_in_use");
    ASSERT_EQ(code_of(keys->lock()), "ok");
    EXPECT_EQ(diagnose_keys(*keys, new_cards).faults.at(0).code, "keys_locked");
}

TEST_F(ASealedStore, WithAllKeysHindersNothing) {
    make_store();
    auto const keys = start();
    ASSERT_EQ(unlock(*keys, words), "ok");
    for (auto const version : {apdu::SpecVersion::v2_00, apdu::SpecVersion::v3_00}) {
        Configuration configuration = office();
        configuration.version = version;
        auto const found = diagnose_keys(*keys, configuration);
        EXPECT_TRUE(found.missing.empty()) << found.missing[0];
        EXPECT_TRUE(found.faults.empty());
    }
}

TEST_F(ASealedStore, LockedHindersWhatNeedsKeysAndNothingElseAndIsUnlockedWithoutARestart) {
    make_store();
    Configuration configuration = office();
    configuration.keys = settings_;
    Desk desk{{live_card()}, configuration, false};
    EXPECT_EQ(code_of(desk.ask(api::BasicDataRequest{})), "ok");
    EXPECT_EQ(code_of(desk.ask(api::PinStatusRequest{})), "ok");
    EXPECT_EQ(code_of(desk.ask(api::PinResetRequest{{}, api::PinText{"246810"}})), "keys_locked");
    EXPECT_EQ(code_of(desk.ask(api::CardBlockRequest{})), "keys_locked");
    EXPECT_EQ(code_of(desk.ask(api::PersonalizeRequest{})), "keys_locked");
    EXPECT_EQ(code_of(desk.ask(api::KeysUnlockRequest{api::SecretText{words}})), "ok");
    auto const reset = desk.ask(api::PinResetRequest{{}, api::PinText{"246810"}});
    ASSERT_EQ(code_of(reset), "ok");
    EXPECT_EQ(reset.value().test_keys, true); // in every answer of a card that they touch
    EXPECT_TRUE(desk.ask(api::BasicDataRequest{}).value().test_keys);
    EXPECT_EQ(code_of(desk.ask(api::KeysLockRequest{})), "ok");
    EXPECT_EQ(code_of(desk.ask(api::PinUnblockRequest{})), "keys_locked");
}

TEST(NoKeyStore, RefusesWhatAStoreDoes) {
    Desk desk{{}, {}, false};
    EXPECT_EQ(code_of(desk.ask(api::KeysUnlockRequest{api::SecretText{words}})), "no_key_store");
    EXPECT_EQ(code_of(desk.ask(api::KeysLockRequest{})), "no_key_store");
    EXPECT_EQ(code_of(desk.ask(api::KeyStoreCreationRequest{})), "no_key_store");
    EXPECT_EQ(code_of(desk.ask(api::KeysImportRequest{})), "no_key_store");
    EXPECT_EQ(code_of(desk.ask(api::KeyRemovalRequest{})), "no_key_store");
    EXPECT_EQ(code_of(desk.ask(api::PassphraseChangeRequest{})), "no_key_store");
    EXPECT_EQ(desk.ask(api::KeysRequest{}).value().back_end, api::KeyBackEnd::none);
    EXPECT_EQ(desk.ask(api::KeysDoctorRequest{}).value().faults.at(0).code, "no_key_store");
}

} // namespace
