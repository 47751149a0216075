#include "keys/file/key_file.hpp"

#include "tests/keys/vectors.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

namespace keys::file {
namespace {

using apdu::KeyName;

KeyFileResult parse(std::string text) { return parse_key_file(text); }

/// The faults of a text, each as "where code detail".
std::vector<std::string> faults_of(std::string const& text) {
    auto const file = parse(text);
    std::vector<std::string> faults;
    if (file.ok()) {
        return faults;
    }
    for (KeyFileFault const& fault : file.error()) {
        std::string line = fault.where + " " + std::string{to_text(fault.code)};
        faults.push_back(fault.detail.empty() ? line : line + " " + fault.detail);
    }
    return faults;
}

std::string with_entry(std::string const& entry) { return R"({"keys": [)" + entry + "]}"; }

using Faults = std::vector<std::string>;

TEST(KeyFile, GivesTheKeyOfAnEntry) {
    auto const file = parse(with_entry(
        R"({"name": "UKSSSE", "algorithm": "3DES", "value": "0123456789abcdefFEDCBA9876543210",
            "version": 2, "tier": "province", "note": "of the province"})"));
    ASSERT_TRUE(file.ok());
    ASSERT_EQ(file.value().keys.size(), 1U);
    MasterKey const& key = file.value().keys.front();
    EXPECT_EQ(key.name, KeyName::uk_ssse);
    EXPECT_EQ(key.version, 2);
    EXPECT_EQ(key.tier, Tier::province);
    EXPECT_EQ(key.secret.kind(), CipherKind::des3);
    EXPECT_EQ(apdu::copy_of(key.secret.expose()), apdu::bytes("0123456789ABCDEFFEDCBA9876543210"));
    EXPECT_FALSE(file.value().is_test);
}

TEST(KeyFile, AnEntryIsOfTheMinistryAndOfEveryVersionUnlessItSaysOtherwise) {
    auto const file = parse(
        R"([{"name": "IRK", "algorithm": "SM4", "value": "0123456789ABCDEFFEDCBA9876543210"}])");
    ASSERT_TRUE(file.ok());
    EXPECT_EQ(file.value().keys.front().tier, Tier::ministry);
    EXPECT_FALSE(file.value().keys.front().version);
    EXPECT_EQ(file.value().keys.front().secret.kind(), CipherKind::sm4);
}

TEST(KeyFile, EightBytesAreASingleDesKey) {
    for (std::string const algorithm : {"3DES", "DES"}) {
        auto const file = parse(with_entry(R"({"name": "STKSSSE", "algorithm": ")" + algorithm +
                                           R"(", "value": "0123456789ABCDEF"})"));
        ASSERT_TRUE(file.ok());
        EXPECT_EQ(file.value().keys.front().secret.kind(), CipherKind::des);
    }
}

TEST(KeyFile, TheTestKeysAreCompleteForBothAlgorithmsAndMarked) {
    auto const file = read_key_file(std::filesystem::path{SSCARD_TEST_VECTORS} / "test_keys.json");
    ASSERT_TRUE(file.ok());
    MasterKeySet const masters = file.value().masters();
    EXPECT_TRUE(masters.are_test_keys);
    for (std::size_t i = 0; i < apdu::key_name_count; ++i) {
        auto const name = static_cast<KeyName>(i);
        for (Algorithm const algorithm : {Algorithm::des3, Algorithm::sm4}) {
            for (std::uint8_t version = 1; version <= key_version_max; ++version) {
                EXPECT_NE(find_master(masters, algorithm, {name, version}), nullptr)
                    << apdu::to_text(name);
            }
        }
    }
}

TEST(KeyFile, TheTestKeysAreAllDifferentAndHaveTheStandardsSizes) {
    auto const file = read_key_file(std::filesystem::path{SSCARD_TEST_VECTORS} / "test_keys.json");
    ASSERT_TRUE(file.ok());
    std::vector<Bytes> values;
    for (MasterKey const& key : file.value().keys) {
        bool const is_stk = apdu::to_text(key.name).starts_with("STK");
        bool const is_short = is_stk && key.secret.kind() != CipherKind::sm4;
        EXPECT_EQ(key.secret.size(), is_short ? 8U : 16U) << apdu::to_text(key.name);
        values.push_back(apdu::copy_of(key.secret.expose()));
    }
    std::sort(values.begin(), values.end());
    EXPECT_EQ(std::adjacent_find(values.begin(), values.end()), values.end());
}

TEST(KeyFile, ListsEveryFaultAtOnce) {
    EXPECT_EQ(faults_of(R"({"keys": [
        {"name": "XK", "algorithm": "AES", "value": "0G", "version": 4, "tier": "town", "x": 1},
        7,
        {}], "more": 0})"),
              (Faults{" unknown_member more", "/keys/0 unknown_member x",
                      "/keys/0/name unknown_key_name XK", "/keys/0/algorithm unknown_algorithm AES",
                      "/keys/0/value not_hex", "/keys/0/version wrong_version 4",
                      "/keys/0/tier unknown_tier town", "/keys/1 wrong_type",
                      "/keys/2 missing_member name", "/keys/2 missing_member algorithm",
                      "/keys/2 missing_member value"}));
}

TEST(KeyFile, RefusesSsf33ByName) {
    EXPECT_EQ(faults_of(with_entry(
                  R"({"name": "IRK", "algorithm": "SSF33",
                      "value": "0123456789ABCDEFFEDCBA9876543210"})")),
              (Faults{"/keys/0/algorithm algorithm_refused SSF33"}));
}

TEST(KeyFile, RefusesValuesOfAnotherLength) {
    auto const faults = [](std::string const& algorithm, std::string const& value) {
        return faults_of(with_entry(R"({"name": "IRK", "algorithm": ")" + algorithm +
                                    R"(", "value": ")" + value + R"("})"));
    };
    EXPECT_EQ(faults("SM4", "0123456789ABCDEF"), (Faults{"/keys/0/value wrong_length 8 bytes"}));
    EXPECT_EQ(faults("3DES", "0123456789ABCDEF01"), (Faults{"/keys/0/value wrong_length 9 bytes"}));
    EXPECT_EQ(faults("DES", "0123456789ABCDEFFEDCBA9876543210"),
              (Faults{"/keys/0/value wrong_length 16 bytes"}));
    EXPECT_EQ(faults("3DES", ""), (Faults{"/keys/0/value wrong_length 0 bytes"}));
    EXPECT_EQ(faults("3DES", "012"), (Faults{"/keys/0/value not_hex"}));
}

TEST(KeyFile, RefusesTheSameKeyTwice) {
    std::string const entry =
        R"({"name": "STKSSSE", "algorithm": "3DES", "value": "0123456789ABCDEF"})";
    std::string const longer =
        R"({"name": "STKSSSE", "algorithm": "3DES", "value": "0123456789ABCDEFFEDCBA9876543210"})";
    std::string const versioned =
        R"({"name": "STKSSSE", "algorithm": "DES", "value": "0123456789ABCDEF", "version": 1})";
    std::string const other =
        R"({"name": "STKSSSE", "algorithm": "SM4", "value": "0123456789ABCDEFFEDCBA9876543210"})";
    EXPECT_EQ(faults_of(with_entry(entry + "," + longer)), (Faults{"/keys/1 duplicate STKSSSE"}));
    EXPECT_EQ(faults_of(with_entry(entry + "," + versioned + "," + other)), Faults{});
}

TEST(KeyFile, RefusesAWeakKeyUnlessItIsForTests) {
    std::string const entry =
        R"({"name": "IRK", "algorithm": "3DES", "value": "0123456789ABCDEF0123456789ABCDEF"})";
    EXPECT_EQ(faults_of(with_entry(entry)), (Faults{"/keys/0/value weak_key"}));
    EXPECT_EQ(faults_of(R"({"test": false, "keys": [)" + entry + "]}"),
              (Faults{"/keys/0/value weak_key"}));
    EXPECT_EQ(faults_of(R"({"test": true, "keys": [)" + entry + "]}"), Faults{});
}

TEST(KeyFile, RefusesMembersOfAnotherType) {
    EXPECT_EQ(faults_of(R"({"test": "yes", "keys": [
        {"name": 1, "algorithm": null, "value": [], "version": "1", "tier": 3}]})"),
              (Faults{"/test wrong_type", "/keys/0/name wrong_type", "/keys/0/algorithm wrong_type",
                      "/keys/0/value wrong_type", "/keys/0/version wrong_type",
                      "/keys/0/tier wrong_type"}));
    EXPECT_EQ(faults_of(with_entry(R"({"name": "IRK", "algorithm": "SM4", "version": 1.5,
                                       "value": "0123456789ABCDEFFEDCBA9876543210"})")),
              (Faults{"/keys/0/version wrong_type"}));
}

TEST(KeyFile, RefusesADocumentWithoutKeys) {
    EXPECT_EQ(faults_of("{}"), (Faults{" missing_member keys"}));
    EXPECT_EQ(faults_of("[]"), (Faults{" no_keys"}));
    EXPECT_EQ(faults_of(R"({"keys": []})"), (Faults{" no_keys"}));
    EXPECT_EQ(faults_of(R"({"keys": {}})"), (Faults{"/keys wrong_type"}));
    EXPECT_EQ(faults_of("7"), (Faults{" wrong_type"}));
}

TEST(KeyFile, SaysWhereATextIsNoJson) {
    EXPECT_EQ(faults_of("[{]"), (Faults{" not_json byte 3"}));
    EXPECT_EQ(faults_of(""), (Faults{" not_json byte 1"}));
    EXPECT_EQ(faults_of("[1e999]").size(), 1U);
}

TEST(KeyFile, ADeeplyNestedDocumentIsRefusedLikeAnyOther) {
    std::string const deep = std::string(100000, '[') + std::string(100000, ']');
    EXPECT_EQ(faults_of(deep), (Faults{"/0 wrong_type"}));
}

TEST(KeyFile, FaultsNeverRepeatAKey) {
    std::string const part = "01234567";
    for (std::string const text : {R"([{"name": "0123456789ABCDEFFEDCBA9876543210"}])",
                                   R"([{"algorithm": "0123456789ABCDEFFEDCBA9876543210"}])",
                                   R"([{"tier": "0123456789ABCDEFFEDCBA9876543210"}])",
                                   R"([{"0123456789ABCDEFFEDCBA9876543210": 1}])",
                                   R"([{"value": "0123456789ABCDEFFEDCBA9876543210")"}) {
        Faults const faults = faults_of(text);
        EXPECT_FALSE(faults.empty());
        for (std::string const& fault : faults) {
            EXPECT_EQ(fault.find(part), std::string::npos) << fault;
        }
    }
}

TEST(KeyFile, WipesTheTextThatItRead) {
    for (std::string text :
         {R"([{"name": "IRK", "algorithm": "SM4", "value": "0123456789ABCDEFFEDCBA9876543210"}])",
          R"([{"value": "0123456789ABCDEF")"}) {
        (void)parse_key_file(text);
        EXPECT_EQ(text, std::string(text.size(), '\0'));
    }
    std::string too_large(key_file_size_max + 1, ' ');
    (void)parse_key_file(too_large);
    EXPECT_EQ(too_large, std::string(too_large.size(), '\0'));
}

TEST(KeyFile, RefusesMoreThanAMebibyte) {
    EXPECT_EQ(faults_of(std::string(key_file_size_max + 1, ' ')), (Faults{" too_large"}));
}

TEST(ReadKeyFile, SaysWhichFileCannotBeRead) {
    auto const missing = read_key_file("no/such/file.json");
    ASSERT_FALSE(missing.ok());
    EXPECT_EQ(missing.error().front().code, KeyFileFaultCode::not_readable);
    EXPECT_EQ(missing.error().front().detail, "no/such/file.json");
    auto const directory = read_key_file(SSCARD_TEST_VECTORS);
    ASSERT_FALSE(directory.ok());
    EXPECT_EQ(directory.error().front().code, KeyFileFaultCode::not_readable);
}

TEST(KeyFileFaultCode, HasANameOfItsOwn) {
    EXPECT_EQ(to_text(KeyFileFaultCode::not_readable), "not_readable");
    EXPECT_EQ(to_text(KeyFileFaultCode::weak_key), "weak_key");
    EXPECT_EQ(to_text(KeyFileFaultCode::no_keys), "no_keys");
}

} // namespace
} // namespace keys::file
