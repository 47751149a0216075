// The main job with the master keys in a sealed store, and what of them can be found afterwards.
#include "tests/integration/office.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace {

using integration::Office;
using integration::person;
using integration::typed;

constexpr auto* words = "seven blue horses";
constexpr auto* wrong_words = "seven blue mules";

/// Every key of the trial office.
integration::SecretSearch trial_keys() {
    integration::SecretSearch search;
    std::ifstream file{integration::key_file()};
    auto const keys = nlohmann::json::parse(file).at("keys");
    for (auto const& key : keys) {
        search.add_hex(key.at("name"), key.at("value").get<std::string>());
    }
    EXPECT_GT(search.size(), 10U);
    return search;
}

TEST(SealedStore, TheMainJobIsDoneFromItAndLeavesNoSecret) {
    Office office;
    office.keep_keys_in_store();
    office.configure("[log]\nlevel = \"debug\"\n");
    office.insert(0, {"--version", "3.00", "--bare"});
    office.start_daemon();
    integration::Arguments const make{"card", "personalize", "--stage",
                                      "both", "--record",    person("zhang_san")};
    EXPECT_EQ(office.refusal(make).code, "keys_locked");
    EXPECT_EQ(office.sscard({"keys", "doctor"}).status, 10);
    std::string seen = office
                           .answer({"keys", "create-store", "--passphrase-fd", "0", "--import",
                                    integration::key_file()},
                                   typed({words}))
                           .dump();
    seen += office.answer({"keys", "doctor"}).dump();
    auto const made = office.answer(make);
    EXPECT_EQ(made["card_number"], "A00000011");
    EXPECT_EQ(made["test_keys"], true);
    auto const reset = office.answer({"pin", "reset", "--new-pin-fd", "0"}, typed({"7531864"}));
    EXPECT_EQ(reset["test_keys"], true);
    EXPECT_EQ(office.daemon().end(), 0);

    office.start_daemon(); // its keys are locked again
    auto const refused = office.refusal({"pin", "unblock"});
    EXPECT_EQ(refused.code, "keys_locked");
    EXPECT_EQ(refused.status, 10);
    EXPECT_EQ(office.answer({"card", "info"})["name"], ""); // 3.00 needs a key
    integration::Arguments const unlock{"keys", "unlock", "--passphrase-fd", "0"};
    auto const wrong = office.sscard(unlock, typed({wrong_words}));
    EXPECT_EQ(wrong.status, 10);
    seen += wrong.out + wrong.err;
    EXPECT_EQ(office.refusal(unlock, typed({words})).code, "passphrase_wait");
    EXPECT_TRUE(
        integration::eventually([&] { return office.sscard(unlock, typed({words})).status == 0; }));
    EXPECT_EQ(office.answer({"card", "info"})["name"], "张三");
    EXPECT_EQ(office.sscard({"pin", "verify", "--pin-fd", "0"}, typed({"7531864"})).status, 0);
    seen += office.answer({"keys", "list"}).dump() + office.logs() +
            integration::everything_in(office.folder());
    EXPECT_NE(seen.find("[TEST KEYS]"), std::string::npos);
    EXPECT_NE(seen.find("SSCARDKS"), std::string::npos);                // the store was looked at
    EXPECT_EQ(trial_keys().found_in(seen), std::vector<std::string>{}); // what was typed: Office
}

} // namespace
