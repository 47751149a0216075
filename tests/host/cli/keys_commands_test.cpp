// The master keys at the command line: keys list, doctor, unlock, lock, create-store, import,
// remove, passphrase.
#include "tests/host/cli/counter.hpp"
#include "tests/host/cli/pseudo_terminal.hpp"

#include "host/api/decoder.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace {

using api::Json;
using cli::contains;
using cli::Counter;
using cli::json_of;
using cli::PseudoTerminal;
using cli::TextDescriptor;

constexpr auto* words = "seven blue horses";
constexpr auto* key_text = R"({"test": true, "keys": []})";

api::KeyReport open_store() {
    api::KeyReport report;
    report.back_end = api::KeyBackEnd::sealed_store;
    report.path = "/var/lib/sscard/keys";
    report.state = api::KeyState::open;
    report.sealed_by = "passphrase";
    report.test = true;
    report.keys = {
        {"BK", "ministry", "SM4", std::nullopt, 16, "2677F4", true, api::KeyBackEnd::sealed_store},
        {"UKSSSE", "city", "3DES", 2, 16, "08D7B4", true, api::KeyBackEnd::sealed_store}};
    return report;
}

/// Answers every request of that type with open_store() and keeps what was asked.
template <typename Request>
void answer(Counter& counter, Json& asked) {
    counter.service.on<Request>() = [&asked](auto& request, auto&) {
        asked = api::to_json(request);
        return open_store();
    };
}

TEST(KeysList, TellsKeysByTheirCheckValuesAndWhereTheyAre) {
    Counter counter;
    Json asked;
    answer<api::KeysRequest>(counter, asked);
    auto const told = counter.run({"keys", "list"});
    EXPECT_EQ(told.status, 0);
    EXPECT_TRUE(contains(told.out, "sealed store, /var/lib/sscard/keys")) << told.out;
    EXPECT_TRUE(
        contains(told.out, "BK      ministry  SM4        any      16     2677F4       TEST"))
        << told.out;
    EXPECT_TRUE(
        contains(told.out, "UKSSSE  city      3DES       2        16     08D7B4       TEST"))
        << told.out;
    Json const json = json_of(counter.run({"keys", "list", "--json"}).out);
    EXPECT_EQ(json["back_end"], "sealed_store");
    EXPECT_EQ(json["production"], false);
    EXPECT_EQ(json["keys"][0], Json::parse(R"({"name":"BK","tier":"ministry","algorithm":"SM4",
        "version":null,"size":16,"check_value":"2677F4","test":true,
        "back_end":"sealed_store"})"));
}

TEST(KeysDoctor, SaysWhatIsWrongAndWhatToDo) {
    Counter counter;
    api::KeyDiagnosis found;
    found.report = open_store();
    found.version = "3.00";
    found.algorithm = "SM4";
    found.region = "639900";
    found.needed = 3;
    counter.service.on<api::KeysDoctorRequest>() = [&](auto&, auto&) { return found; };
    auto const well = counter.run({"keys", "doctor"});
    EXPECT_EQ(well.status, 0);
    EXPECT_TRUE(contains(well.out, "Nothing hinders the work.")) << well.out;
    found.missing = {"IRK version 1", "PUK version 1"};
    found.faults = {api::fault("key_missing", "2 of 3")};
    found.warnings = {api::fault("test_keys_in_use")};
    auto const ill = counter.run({"keys", "doctor"});
    EXPECT_EQ(ill.status, 10);
    EXPECT_TRUE(contains(ill.out, "3.00 SM4, region 639900")) << ill.out;
    EXPECT_TRUE(contains(ill.out, "1 of the 3 that such a card needs are at hand")) << ill.out;
    EXPECT_TRUE(contains(ill.out, "IRK version 1, PUK version 1")) << ill.out;
    EXPECT_TRUE(contains(ill.out, "A key that this needs is not installed.")) << ill.out;
    EXPECT_TRUE(contains(ill.out, "The keys are test keys.")) << ill.out;
    EXPECT_EQ(json_of(counter.run({"keys", "doctor", "--json"}).out)["missing"].size(), 2U);
    EXPECT_EQ(counter.run({"keys", "doctor", "--json"}).status, 10);
}

TEST(KeysUnlock, ReadsThePassphraseFromADescriptor) {
    Counter counter;
    Json asked;
    answer<api::KeysUnlockRequest>(counter, asked);
    TextDescriptor const given{"seven blue horses\nand more\n"};
    auto const done = counter.run({"keys", "unlock", "--passphrase-fd", given.text()});
    EXPECT_EQ(done.status, 0);
    EXPECT_EQ(asked["passphrase"], words);
    EXPECT_TRUE(contains(done.out, "The keys are unlocked. Keys at hand: 2.")) << done.out;
    EXPECT_TRUE(contains(done.out, "test keys")) << done.out;
    EXPECT_EQ(counter.run({"keys", "unlock", "--credential"}).status, 0);
    EXPECT_FALSE(asked.contains("passphrase"));
}

TEST(KeysUnlock, AsksAtTheTerminalWithoutShowingIt) {
    Counter counter;
    Json asked;
    answer<api::KeysUnlockRequest>(counter, asked);
    PseudoTerminal terminal{{words}};
    counter.terminal = terminal.path();
    EXPECT_EQ(counter.run({"keys", "unlock"}).status, 0);
    EXPECT_EQ(asked["passphrase"], words);
    EXPECT_FALSE(contains(terminal.seen(), words));
    counter.terminal = "/nonexistent/tty";
    EXPECT_EQ(counter.run({"keys", "unlock"}).status, 2);
}

TEST(KeysUnlock, APassphraseIsNoArgument) {
    Counter counter;
    EXPECT_EQ(counter.run({"keys", "unlock", words}).status, 2);
    EXPECT_EQ(counter.run({"keys", "unlock", "--passphrase", words}).status, 2);
}

TEST(KeysUnlock, AWrongPassphraseIsToldWithWhatToDo) {
    Counter counter;
    counter.refuse<api::KeysUnlockRequest>(api::fault("passphrase_wrong"));
    TextDescriptor const given{words};
    auto const refused = counter.run({"keys", "unlock", "--passphrase-fd", given.text()});
    EXPECT_EQ(refused.status, 10);
    EXPECT_TRUE(contains(refused.err, "The passphrase is wrong.")) << refused.err;
    EXPECT_FALSE(contains(refused.err, words));
}

TEST(KeysLock, SaysSo) {
    Counter counter;
    Json asked;
    answer<api::KeysLockRequest>(counter, asked);
    EXPECT_TRUE(contains(counter.run({"keys", "lock"}).out, "The keys are locked."));
}

TEST(KeysCreateStore, AsksTwiceAndSaysWhatIsToBeDestroyed) {
    Counter counter;
    Json asked;
    answer<api::KeyStoreCreationRequest>(counter, asked);
    api::test::TemporaryFolder const folder;
    std::ofstream{folder.path("keys.json")} << key_text;
    {
        PseudoTerminal const terminal{{words, "seven blue mules"}};
        counter.terminal = terminal.path();
        auto const differ = counter.run({"keys", "create-store"});
        EXPECT_EQ(differ.status, 2);
        EXPECT_TRUE(contains(differ.err, "differ")) << differ.err;
        EXPECT_TRUE(asked.is_null());
    }
    PseudoTerminal const terminal{{words, words}};
    counter.terminal = terminal.path();
    auto const made = counter.run({"keys", "create-store", "--import", folder.path("keys.json")});
    EXPECT_EQ(made.status, 0);
    EXPECT_EQ(asked["passphrase"], words);
    EXPECT_EQ(asked["key_file"], key_text);
    EXPECT_TRUE(contains(made.out, "in the clear still: destroy that file")) << made.out;
    EXPECT_EQ(counter.run({"keys", "create-store", "--credential", "--test"}).status, 0);
    EXPECT_EQ(asked, Json::parse(R"({"test":true})"));
    EXPECT_EQ(counter.run({"keys", "create-store", "--import", "/nonexistent"}).status, 2);
}

TEST(KeysImport, SendsTheFilesText) {
    Counter counter;
    Json asked;
    answer<api::KeysImportRequest>(counter, asked);
    counter.input = key_text;
    EXPECT_EQ(counter.run({"keys", "import", "-"}).status, 0);
    EXPECT_EQ(asked["key_file"], key_text);
    counter.service.on<api::KeysImportRequest>() = [](auto&, auto&) {
        api::Fault fault = api::fault("key_file_invalid");
        fault.problems = {{"/keys/0/value", "weak_key", ""}};
        return api::Outcome<api::KeyReport>{fault};
    };
    auto const refused = counter.run({"keys", "import", "-"});
    EXPECT_EQ(refused.status, 2);
    EXPECT_TRUE(contains(refused.err, "/keys/0/value  keeps no secret")) << refused.err;
}

TEST(KeysRemove, NeedsTheCheckValue) {
    Counter counter;
    Json asked;
    answer<api::KeyRemovalRequest>(counter, asked);
    EXPECT_EQ(counter.run({"keys", "remove", "BK", "--algorithm", "SM4"}).status, 2);
    EXPECT_TRUE(asked.is_null());
    EXPECT_EQ(counter
                  .run({"keys", "remove", "BK", "--algorithm", "SM4", "--version", "2",
                        "--check-value", "2677f4"})
                  .status,
              0);
    EXPECT_EQ(asked, Json::parse(R"({"name":"BK","algorithm":"SM4","version":2,
                                     "check_value":"2677F4"})"));
    counter.refuse<api::KeyRemovalRequest>(api::fault("check_value_differs", "BK"));
    EXPECT_EQ(counter.run({"keys", "remove", "BK", "--algorithm", "SM4", "--check-value", "000000"})
                  .status,
              9);
}

TEST(KeysPassphrase, TakesTheOldOneAndTheNew) {
    Counter counter;
    Json asked;
    answer<api::PassphraseChangeRequest>(counter, asked);
    TextDescriptor const given{"seven blue horses\neight green goats\n"};
    EXPECT_EQ(counter.run({"keys", "passphrase", "--passphrase-fd", given.text()}).status, 0);
    EXPECT_EQ(asked, Json::parse(R"({"old_passphrase":"seven blue horses",
                                     "new_passphrase":"eight green goats"})"));
}

TEST(TestKeys, AreMarkedBesideEveryAnswerOfACardThatTheyTouch) {
    Counter counter;
    counter.service.on<api::PinResetRequest>() = [](auto&, auto&) {
        return api::PinStatus{api::PinState::set, 6, true};
    };
    counter.service.on<api::CardBlockRequest>() = [](auto&, auto&) {
        return api::Blocked{"card", "社会保障卡", true};
    };
    TextDescriptor const pin{"246810"};
    auto const reset = counter.run({"pin", "reset", "--new-pin-fd", pin.text()});
    EXPECT_EQ(reset.status, 0);
    EXPECT_TRUE(contains(reset.err, "TEST KEYS")) << reset.err;
    auto const locked = counter.run({"card", "lock", "--card", "--permanently", "--json"});
    EXPECT_EQ(json_of(locked.out)["test_keys"], true) << locked.out << locked.err;
    EXPECT_TRUE(contains(locked.err, "TEST KEYS"));
}

} // namespace
