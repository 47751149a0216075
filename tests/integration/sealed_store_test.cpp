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

std::string bytes_of(std::string const& hex) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    }
    return bytes;
}

std::string in_lower_case(std::string text) {
    for (char& c : text) {
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return text;
}

/// No key of the key file, in hex or as it is, and none of those words.
void expect_no_secret(std::string const& seen) {
    std::string const lower = in_lower_case(seen);
    std::ifstream file{integration::key_file()};
    auto const keys = nlohmann::json::parse(file).at("keys");
    EXPECT_GT(keys.size(), 10U);
    for (auto const& key : keys) {
        auto const hex = key.at("value").get<std::string>();
        EXPECT_EQ(lower.find(in_lower_case(hex)), std::string::npos) << key.at("name");
        EXPECT_EQ(seen.find(bytes_of(hex)), std::string::npos) << key.at("name");
    }
    for (auto const* const secret : {words, wrong_words, "7531864", "75 31 86 4f", "7531864f"}) {
        EXPECT_EQ(lower.find(secret), std::string::npos) << secret;
    }
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
    EXPECT_NE(seen.find("SSCARDKS"), std::string::npos); // the store was looked at
    expect_no_secret(seen);
}

} // namespace
