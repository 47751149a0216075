#include "tests/host/cli/counter.hpp"

#include "host/api/decoder.hpp"

#include <gtest/gtest.h>

#include <regex>

namespace {

using cli::contains;
using cli::Counter;

TEST(CommandLine, WithoutACommandHelpIsShownAndItIsAWrongUsage) {
    auto const ran = Counter{}.run({});
    EXPECT_EQ(ran.status, 2);
    EXPECT_TRUE(contains(ran.err, "Usage: sscard"));
    EXPECT_EQ(ran.out, "");
}

TEST(CommandLine, ANounAloneShowsItsVerbs) {
    auto const ran = Counter{}.run({"pin"});
    EXPECT_EQ(ran.status, 2);
    for (char const* const verb : {"status", "verify", "change", "reset", "unblock"}) {
        EXPECT_TRUE(contains(ran.err, verb)) << verb;
    }
}

struct Misuse {
    std::vector<std::string> arguments;
    std::string named;
};

TEST(CommandLine, AWordThatIsNotUnderstoodIsNamed) {
    for (Misuse const& misuse :
         std::vector<Misuse>{{{"readers", "--jsn"}, "--jsn"},
                             {{"raeders"}, "raeders"},
                             {{"pin", "verfy"}, "verfy"},
                             {{"pin", "verify", "--pin-fd", "x"}, "x"},
                             {{"card", "personalize", "--stage", "all"}, "all"},
                             {{"completion", "csh"}, "csh"},
                             {{"--lang", "de", "readers"}, "de"}}) {
        auto const ran = Counter{}.run(misuse.arguments);
        EXPECT_EQ(ran.status, 2) << misuse.named;
        EXPECT_TRUE(contains(ran.err, misuse.named)) << ran.err;
    }
}

TEST(CommandLine, HelpTeachesWithExamplesAndAllExitCodes) {
    auto const ran = Counter{}.run({"--help"});
    EXPECT_EQ(ran.status, 0);
    EXPECT_TRUE(contains(ran.out, "Examples:"));
    for (int code = 0; code <= 12; ++code) {
        EXPECT_TRUE(
            std::regex_search(ran.out, std::regex{"\n  " + std::to_string(code) + " +[a-z]"}))
            << code;
    }
}

TEST(CommandLine, EveryCommandHasHelpWithAnExample) {
    for (std::vector<std::string> words :
         std::vector<std::vector<std::string>>{{"readers"},
                                               {"card", "info"},
                                               {"card", "read"},
                                               {"card", "write"},
                                               {"card", "personalize"},
                                               {"card", "lock"},
                                               {"pin", "status"},
                                               {"pin", "verify"},
                                               {"pin", "change"},
                                               {"pin", "reset"},
                                               {"pin", "unblock"},
                                               {"check"},
                                               {"diagnose"},
                                               {"completion"}}) {
        std::string name = "  sscard";
        for (std::string const& word : words) {
            name += " " + word;
        }
        words.emplace_back("--help");
        auto const ran = Counter{}.run(words);
        EXPECT_EQ(ran.status, 0) << name;
        EXPECT_TRUE(contains(ran.out, "\n" + name)) << name;
    }
}

TEST(CommandLine, HelpSpeaksChinese) {
    auto const ran = Counter{}.run({"--lang", "zh", "pin", "verify", "--help"});
    EXPECT_EQ(ran.status, 0);
    EXPECT_TRUE(contains(ran.out, "用法: sscard pin verify")) << ran.out;
    EXPECT_TRUE(contains(ran.out, "示例："));
    EXPECT_TRUE(contains(ran.out, "校验 PIN"));
}

TEST(CommandLine, TheVersionIsShown) {
    auto const ran = Counter{}.run({"--version"});
    EXPECT_EQ(ran.status, 0);
    EXPECT_TRUE(std::regex_match(ran.out, std::regex{"sscard [0-9.]+\n"})) << ran.out;
}

TEST(CommandLine, WithoutADaemonItSaysHowToStartIt) {
    auto const ran = Counter{}.run_alone({"--socket", "/nonexistent/socket", "card", "info"});
    EXPECT_EQ(ran.status, 3);
    EXPECT_TRUE(contains(ran.err, "sscard: The daemon does not answer. [/nonexistent/socket: No "
                                  "such file or directory]\n"))
        << ran.err;
    EXPECT_TRUE(contains(ran.err, "systemctl start sscardd"));
}

TEST(CommandLine, AFaultTellsWhatWhyAndWhatNext) {
    Counter counter;
    api::Fault fault = api::fault("unexpected_status", "SSSE/EF05");
    fault.status = api::CardStatus{
        "6A82", "SELECT", "File not found.", "Check the name.", "未找到文件。", "请核对名称。"};
    fault.tries_left = 2;
    counter.refuse<api::BasicDataRequest>(fault);
    auto const english = counter.run({"card", "info"});
    EXPECT_EQ(english.status, 12);
    EXPECT_EQ(english.out, "");
    EXPECT_EQ(english.err, "sscard: The card refused the command. [SSSE/EF05]\n"
                           "  Why:    Its status word says why.\n"
                           "  Card:   6A82 to SELECT: File not found. Check the name.\n"
                           "  Tries:  2 tries left\n"
                           "  Next:   Follow the advice for the status word.\n");
    auto const chinese = counter.run({"card", "info", "--lang", "zh"});
    EXPECT_EQ(chinese.err, "sscard: 卡拒绝了命令。 [SSSE/EF05]\n"
                           "  原因：  原因见状态字。\n"
                           "  卡：    SELECT 返回 6A82：未找到文件。 请核对名称。\n"
                           "  次数：  还可尝试 2 次\n"
                           "  处理：  请按状态字的提示处理。\n");
}

TEST(CommandLine, EveryProblemIsListed) {
    Counter counter;
    api::Fault fault = api::fault("record_invalid");
    fault.problems = {{"/holder/birth_date", "impossible_date", "1990-02-30"},
                      {"", "no_such_code", ""}};
    counter.refuse<api::RecordCheckRequest>(fault);
    counter.input = "{}";
    auto const ran = counter.run({"check", "-"});
    EXPECT_EQ(ran.status, 11);
    EXPECT_TRUE(contains(ran.err, "  /holder/birth_date  is no day of the calendar: 1990-02-30\n"
                                  "  /                   no_such_code\n"))
        << ran.err;
}

TEST(CommandLine, UnderJsonAFaultIsAnObjectOnStandardOutputToo) {
    Counter counter;
    api::Fault fault = api::fault("pin_wrong");
    fault.tries_left = 3;
    counter.refuse<api::PinStatusRequest>(fault);
    auto const ran = counter.run({"pin", "status", "--json"});
    EXPECT_EQ(ran.status, 7);
    auto const json = api::parse_json(ran.out);
    ASSERT_TRUE(json) << ran.out;
    EXPECT_EQ((*json)["error"]["code"], "pin_wrong");
    EXPECT_EQ((*json)["error"]["tries_left"], 3);
}

TEST(CommandLine, TextFromACardCannotCommandTheTerminal) {
    Counter counter;
    counter.refuse<api::BasicDataRequest>(api::fault("foreign_card", "\x1B]0;title\x07"));
    auto const ran = counter.run({"card", "info"});
    EXPECT_FALSE(contains(ran.err, "\x1B"));
}

} // namespace
