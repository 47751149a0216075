// A master key made by its custodians through the real programs, and what of it can be found
// afterwards anywhere but on their own screens.
#include "tests/integration/custodian.hpp"
#include "tests/integration/office.hpp"
#include "tests/integration/sitting.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace {

using integration::Arguments;
using integration::Custodian;
using integration::Office;
using integration::typed;

constexpr auto* passphrase = "seven blue horses";
/// Made up; their key is their sum.
constexpr auto* first = "0123456789ABCDEFFEDCBA9876543210";
constexpr auto* second = "1111 2222 3333 4444 5555 6666 7777 8888";
constexpr auto* key = "10326745BA9889ABAB89DCFE0123BA98";

Arguments ceremony(std::string const& name, Arguments const& more = {}) {
    Arguments words{"keys",      "ceremony",  name,          "--algorithm", "SM4",
                    "--version", "1",         "--custodian", "张三",        "--custodian",
                    "李四",      "--witness", "王五"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

std::string without_blanks(std::string text) {
    std::erase(text, ' ');
    return text;
}

std::string raw(std::string const& hex) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    }
    return bytes;
}

std::string sum(std::string const& left, std::string const& right) {
    std::string bytes = raw(left);
    std::string const other = raw(right);
    std::transform(bytes.begin(), bytes.end(), other.begin(), bytes.begin(),
                   [](char a, char b) { return static_cast<char>(a ^ b); });
    return bytes;
}

/// In no form.
void expect_hidden(std::string const& secret, std::string const& seen) {
    integration::SecretSearch search;
    search.add_hex("the secret", secret);
    EXPECT_EQ(search.found_in(seen), std::vector<std::string>{}) << secret;
}

/// An office with an open, empty store.
class Custody : public testing::Test {
protected:
    Custody() {
        office_.keep_keys_in_store();
        office_.configure("[log]\nlevel = \"debug\"\n");
        office_.start_daemon();
        (void)office_.answer({"keys", "create-store", "--test", "--passphrase-fd", "0"},
                             typed({passphrase}));
    }
    integration::Sitting sit(Arguments const& words, integration::Person const& person) {
        return office_.sit(words, person);
    }
    std::string store() const { return integration::text_of_file(office_.folder() + "/keys"); }
    std::string everything() const {
        return office_.logs() + integration::everything_in(office_.folder());
    }

    Office office_{};
};

TEST_F(Custody, MakesAKeyOfComponentsAndLeavesNoneOfThem) {
    Arguments const with_fd{"--parts-fd", "0", "--check-value", "0514AC"};
    std::string const before = store();
    auto const mistyped =
        office_.sscard(ceremony("UKSSSE", with_fd),
                       typed({first, "2677F4", "1111222233334444555566667777888F", "E7C474"}));
    EXPECT_EQ(mistyped.status, 2);
    EXPECT_NE(mistyped.err.find("does not fit its check value. [李四]"), std::string::npos)
        << mistyped.err;
    EXPECT_EQ(store(), before);
    auto const other =
        office_.refusal(ceremony("UKSSSE", {"--parts-fd", "0", "--check-value", "FFFFFF"}),
                        typed({first, "2677F4", second, "E7C474"}));
    EXPECT_EQ(other.code, "key_check_value_differs");
    EXPECT_EQ(store(), before);
    auto const made =
        office_.sscard(ceremony("UKSSSE", with_fd), typed({first, "2677F4", second, "E7C474"}));
    ASSERT_EQ(made.status, 0) << made.err;
    auto const keys = office_.answer({"keys", "list"})["keys"];
    ASSERT_EQ(keys.size(), 1U);
    EXPECT_EQ(keys[0]["check_value"], "0514AC");
    auto const minutes = office_.sscard({"keys", "minutes", "show", "3"});
    EXPECT_EQ(office_.sscard({"keys", "minutes", "verify", "-"}, minutes.out).status, 0);
    EXPECT_EQ(office_.answer({"keys", "minutes", "list"})["minutes"].size(), 3U);
    std::string const seen =
        everything() + mistyped.out + mistyped.err + made.out + made.err + minutes.out;
    EXPECT_NE(seen.find("张三"), std::string::npos);
    for (auto const* const secret : {first, second, key, "1111222233334444555566667777888F"}) {
        expect_hidden(secret, seen);
    }
}

TEST_F(Custody, GeneratesComponentsForTheirCustodiansScreensAlone) {
    Custodian custodian;
    auto const held = sit(ceremony("IRK", {"--generate"}), std::ref(custodian));
    ASSERT_EQ(held.status, 0) << held.screen;
    ASSERT_EQ(custodian.sheets.size(), 2U);
    std::string const seen = everything();
    for (std::string const& sheet : custodian.sheets) {
        expect_hidden(sheet, seen);
        auto const once = held.screen.find(sheet);
        EXPECT_NE(once, std::string::npos);
        EXPECT_EQ(held.screen.find(sheet, once + 1), std::string::npos) << "typed back unseen";
        EXPECT_NE(held.screen.find("\x1b[2J", once), std::string::npos) << "cleared afterwards";
    }
    std::string const whole =
        sum(without_blanks(custodian.sheets[0]), without_blanks(custodian.sheets[1]));
    EXPECT_EQ(seen.find(whole), std::string::npos);
    EXPECT_EQ(office_.answer({"keys", "list"})["keys"].size(), 1U);
}

TEST_F(Custody, BrokenOffAtAnyPromptLeavesNothing) {
    std::string const before = store();
    int prompts = 0;
    for (;; ++prompts) {
        Custodian custodian{prompts};
        auto const held = sit(ceremony("IRK", {"--generate"}), std::ref(custodian));
        if (held.status == 0) {
            break; // there were no more prompts
        }
        ASSERT_LT(prompts, 100) << held.screen;
        EXPECT_EQ(office_.refusal(ceremony("IRK", {"--generate"})).code, "ceremony_running");
        EXPECT_EQ(office_.sscard({"keys", "abort"}).status, 0);
        EXPECT_EQ(store(), before) << prompts;
        for (std::string const& sheet : custodian.sheets) {
            expect_hidden(sheet, everything());
        }
    }
    EXPECT_EQ(prompts, 12);
    EXPECT_EQ(office_.answer({"keys", "minutes", "list"})["minutes"].size(), 13U);
    EXPECT_EQ(office_.sscard({"keys", "minutes", "verify"}).status, 0);
}

TEST_F(Custody, IsOverWhenTheDaemonIs) {
    std::string const before = store();
    Custodian custodian{4};
    EXPECT_NE(sit(ceremony("IRK", {"--generate"}), std::ref(custodian)).status, 0);
    EXPECT_EQ(office_.daemon().end(), 0);
    office_.start_daemon();
    EXPECT_EQ(office_.refusal({"keys", "abort"}).code, "ceremony_unknown");
    EXPECT_EQ(store(), before);
}

TEST_F(Custody, AKeyIsDestroyedByTheWordOfBoth) {
    ASSERT_EQ(office_
                  .sscard(ceremony("UKSSSE", {"--parts-fd", "0", "--check-value", "0514AC"}),
                          typed({first, "2677F4", second, "E7C474"}))
                  .status,
              0);
    std::string const with_key = store();
    Arguments const destroy{
        "keys",      "destroy",     "UKSSSE",        "--algorithm", "SM4",
        "--version", "1",           "--check-value", "0514ac",      "--custodian",
        "张三",      "--custodian", "李四",          "--reason",    "trial is over"};
    int asked = 0;
    auto const refused = sit(destroy, [&asked](std::string const& shown) {
        asked += shown.ends_with("(yes/no): ") ? 1 : 0; // what is told of a fault has colons too
        return std::optional<std::string>{asked == 1 ? "yes" : "no"};
    });
    EXPECT_EQ(asked, 2);
    EXPECT_NE(refused.status, 0);
    EXPECT_EQ(store(), with_key);
    auto const done = sit(
        destroy, [](std::string const& /*shown*/) { return std::optional<std::string>{"yes"}; });
    EXPECT_EQ(done.status, 0) << done.screen;
    EXPECT_NE(done.screen.find("0514AC"), std::string::npos) << done.screen;
    EXPECT_TRUE(office_.answer({"keys", "list"})["keys"].empty());
    EXPECT_EQ(integration::text_of_file(office_.folder() + "/keys.previous"), "");
    EXPECT_NE(everything().find("trial is over"), std::string::npos);
}

TEST_F(Custody, AnotherVersionOfAKeyIsUsedFromTheWordOfBothOn) {
    office_.insert(0, {"--version", "3.00", "--person", integration::person("zhang_san")});
    ASSERT_EQ(office_.sscard({"keys", "import", integration::key_file()}).status, 0);
    auto const before = office_.answer({"keys", "cards", "RKSSSE"});
    ASSERT_EQ(before["keys"].size(), 2U) << before;
    std::string const check_value = before["keys"][1]["versions"][1]["check_value"];
    EXPECT_EQ(before["keys"][1]["in_use"], 1);
    EXPECT_EQ(office_.answer({"card", "info"})["name"], "张三");
    EXPECT_EQ(office_.logs().find("EXTERNAL AUTHENTICATE, Nc 17"), std::string::npos);
    auto const done =
        sit({"keys", "rotate", "RKSSSE", "--algorithm", "SM4", "--version", "2", "--check-value",
             check_value, "--custodian", "张三", "--custodian", "李四", "--reason", "a trial"},
            [](std::string const& /*shown*/) { return std::optional<std::string>{"yes"}; });
    EXPECT_EQ(done.status, 0) << done.screen;
    EXPECT_NE(done.screen.find("Version 2 is in use now."), std::string::npos) << done.screen;
    EXPECT_EQ(office_.answer({"keys", "cards", "RKSSSE"})["keys"][1]["in_use"], 2);
    EXPECT_EQ(office_.answer({"card", "info"})["name"], "张三");
    EXPECT_NE(office_.logs().find("EXTERNAL AUTHENTICATE, Nc 17"), std::string::npos);
}

TEST_F(Custody, ABackupComesBackOnAnotherDaemonByTwoOfThree) {
    std::string const file = office_.folder() + "/usb.backup";
    ASSERT_EQ(office_
                  .sscard(ceremony("UKSSSE", {"--parts-fd", "0", "--check-value", "0514AC"}),
                          typed({first, "2677F4", second, "E7C474"}))
                  .status,
              0);
    Custodian custodian{1000, 82};
    auto const made = sit({"keys", "backup", file, "--needed", "2", "--custodian", "张三",
                           "--custodian", "李四", "--custodian", "王五"},
                          std::ref(custodian));
    ASSERT_EQ(made.status, 0) << made.screen;
    ASSERT_EQ(custodian.sheets.size(), 3U);
    std::string seen = everything();
    for (std::string const& sheet : custodian.sheets) {
        expect_hidden(sheet, seen);
    }
    Office other;
    other.keep_keys_in_store();
    other.start_daemon();
    (void)other.answer({"keys", "create-store", "--test", "--passphrase-fd", "0"},
                       typed({passphrase}));
    auto const restored = other.sscard(
        {"keys", "restore", file, "--custodian", "王五", "--custodian", "张三", "--parts-fd", "0"},
        typed({custodian.sheets[2], custodian.check_values[2], custodian.sheets[0],
               custodian.check_values[0]}));
    EXPECT_EQ(restored.status, 0) << restored.err;
    EXPECT_EQ(other.answer({"keys", "list"})["keys"][0]["check_value"], "0514AC");
    seen = other.logs() + integration::everything_in(other.folder());
    expect_hidden(key, seen);
    expect_hidden(custodian.sheets[0], seen);
}

} // namespace
