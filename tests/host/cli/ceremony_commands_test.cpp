// Ceremonies and their minutes at the command line.
#include "tests/host/cli/counter.hpp"
#include "tests/host/cli/pseudo_terminal.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace {

using api::Json;
using cli::contains;
using cli::Counter;
using cli::json_of;
using cli::PseudoTerminal;
using cli::TextDescriptor;

constexpr auto* first = "0123456789ABCDEFFEDCBA9876543210";
constexpr auto* second = "11112222333344445555666677778888";

/// A daemon that takes everything, and what it was asked.
struct ObligingDaemon {
    explicit ObligingDaemon(Counter& counter) {
        auto& service = counter.service;
        service.on<api::KeyCeremonyRequest>() = [this](auto& request, auto&) {
            asked["begin"] = api::to_json(request);
            api::Ceremony begun{"TOKEN", "2026-11-26T09:00:00.000Z", "ceremony", 32, 1, {}};
            for (std::string const& name : request.custodians) {
                begun.parts.push_back({name, false, std::nullopt});
            }
            return begun;
        };
        service.on<api::KeyGenerationRequest>() = [this](auto& request, auto&) {
            asked["begin"] = api::to_json(request);
            api::Ceremony begun{"TOKEN", "2026-11-26T09:00:00.000Z", "generation", 0, 1, {}};
            for (std::string const& name : request.custodians) {
                begun.parts.push_back({name, false, std::nullopt});
            }
            return begun;
        };
        service.on<api::PartShowRequest>() = [this](auto& request, auto&) {
            asked["shown"].push_back(request.custodian);
            return api::ShownPart{api::SecretText{"CAFE BABE"}, "ABCDEF"};
        };
        service.on<api::PartRequest>() = [this](auto& request,
                                                auto&) -> api::Outcome<api::CustodianPart> {
            asked["parts"].push_back(api::to_json(request));
            if (request.check_value == "000000") {
                return api::fault("part_mistyped", "张三");
            }
            return api::CustodianPart{"", false, "2677F4"};
        };
        service.on<api::CombineRequest>() = [](auto&, auto&) { return api::Combined{"0514AC", 1}; };
        service.on<api::CeremonyFinishRequest>() = [this](auto& request, auto&) {
            asked["finish"] = api::to_json(request);
            return api::MinutesDocument{7, "{\"minutes\":{}}\n", std::nullopt};
        };
        service.on<api::CeremonyAbortRequest>() = [this](auto& request, auto&) {
            asked["abort"] = api::to_json(request);
            return api::MinutesDocument{7, "{}\n", std::nullopt};
        };
    }
    Json asked = Json::object();
};

std::vector<std::string> ceremony(std::vector<std::string> more = {}) {
    std::vector<std::string> words{
        "keys",        "ceremony", "UKSSSE",      "--algorithm", "SM4",       "--version", "1",
        "--custodian", "张三",     "--custodian", "李四",        "--witness", "王五"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

TEST(KeysCeremony, LeadsEachCustodianThroughItAlone) {
    Counter counter;
    ObligingDaemon daemon{counter};
    PseudoTerminal terminal{{first, "2677F4", "yes", second, "", second, "yes", "yes", "是"}};
    counter.terminal = terminal.path();
    auto const held = counter.run(ceremony());
    EXPECT_EQ(held.status, 0) << held.err;
    EXPECT_TRUE(contains(held.out, "The key is in the store.\nMinutes number 7")) << held.out;
    Json const& asked = daemon.asked;
    EXPECT_EQ(asked["begin"]["custodians"], Json::parse(R"(["张三","李四"])"));
    EXPECT_EQ(asked["begin"]["witnesses"], Json::parse(R"(["王五"])"));
    EXPECT_EQ(asked["parts"][0]["value"], first);
    EXPECT_EQ(asked["parts"][0]["check_value"], "2677F4");
    EXPECT_EQ(asked["parts"][1]["value"], second);
    EXPECT_FALSE(asked["parts"][1].contains("check_value")) << "it was typed twice";
    EXPECT_EQ(asked["finish"]["check_value"], "0514AC");
    EXPECT_EQ(asked["finish"]["confirmed_by"], Json::parse(R"(["张三","李四"])"));
    EXPECT_FALSE(asked.contains("abort"));
    std::string const& seen = terminal.seen();
    EXPECT_TRUE(contains(seen, "李四, 2 of 2, alone at the screen")) << seen;
    EXPECT_TRUE(contains(seen, "the check value of the whole is 0514AC"));
    EXPECT_FALSE(contains(seen, first));
    EXPECT_FALSE(contains(seen, second));
    std::size_t clears = 0;
    for (auto at = seen.find("\x1b[2J"); at != std::string::npos;
         at = seen.find("\x1b[2J", at + 1)) {
        ++clears;
    }
    EXPECT_EQ(clears, 4U) << "before and after each";
}

TEST(KeysCeremony, LetsASlipBeTypedAgainAndEndsAfterThree) {
    {
        Counter counter;
        ObligingDaemon daemon{counter};
        PseudoTerminal terminal{{first, "000000", second, "", first, first, "2677F4", "yes", second,
                                 "", second, "yes", "yes", "yes"}};
        counter.terminal = terminal.path();
        EXPECT_EQ(counter.run(ceremony()).status, 0);
        EXPECT_TRUE(contains(terminal.seen(), "It does not fit its check value."));
        EXPECT_EQ(daemon.asked["parts"].size(), 3U) << "one never left the terminal";
    }
    Counter counter;
    ObligingDaemon daemon{counter};
    PseudoTerminal terminal{{first, "000000", first, "000000", first, "000000"}};
    counter.terminal = terminal.path();
    auto const refused = counter.run(ceremony());
    EXPECT_EQ(refused.status, 2);
    EXPECT_TRUE(contains(refused.err, "It does not fit its check value.")) << refused.err;
    EXPECT_EQ(daemon.asked["abort"]["reason"], "part_mistyped");
    EXPECT_FALSE(daemon.asked.contains("finish"));
}

TEST(KeysCeremony, IsAbortedWhereOneDoesNotConfirm) {
    Counter counter;
    ObligingDaemon daemon{counter};
    PseudoTerminal terminal{{first, "2677F4", "yes", second, "2677F4", "yes", "yes", "what", "no"}};
    counter.terminal = terminal.path();
    EXPECT_EQ(counter.run(ceremony()).status, 9);
    EXPECT_FALSE(daemon.asked.contains("finish"));
    EXPECT_EQ(daemon.asked["abort"]["reason"], "ceremony_not_confirmed");
}

TEST(KeysCeremony, ShowsGeneratedComponentsAtTheTerminalAlone) {
    Counter counter;
    ObligingDaemon daemon{counter};
    PseudoTerminal terminal{
        {"", "", first, "2677F4", "yes", "", "", second, "2677F4", "yes", "yes", "yes"}};
    counter.terminal = terminal.path();
    auto const held = counter.run(ceremony({"--generate"}));
    EXPECT_EQ(held.status, 0) << held.err;
    EXPECT_EQ(daemon.asked["shown"], Json::parse("[1,2]"));
    EXPECT_TRUE(contains(terminal.seen(), "    CAFE BABE"));
    EXPECT_TRUE(contains(terminal.seen(), "Check value: ABCDEF"));
    EXPECT_FALSE(contains(held.out + held.err, "CAFE"));
}

TEST(KeysCeremony, TakesPartsFromADescriptorWithTheKeysCheckValue) {
    Counter counter;
    ObligingDaemon daemon{counter};
    std::string const lines = std::string{first} + "\n2677F4\n" + second + "\n2677F4\n";
    {
        TextDescriptor const given{lines};
        auto const held = counter.run(
            ceremony({"--parts-fd", given.text(), "--check-value", "0514AC", "--json"}));
        EXPECT_EQ(held.status, 0) << held.err;
        EXPECT_EQ(held.out, "{\"minutes\":{}}\n");
        EXPECT_EQ(daemon.asked["begin"]["check_value"], "0514AC");
        EXPECT_EQ(daemon.asked["parts"][1]["value"], second);
    }
    EXPECT_EQ(counter.run(ceremony({"--parts-fd", "0"})).status, 2) << "nothing confirms the key";
    TextDescriptor const half{std::string{first} + "\n2677F4\n"};
    EXPECT_EQ(counter.run(ceremony({"--parts-fd", half.text(), "--check-value", "0514AC"})).status,
              2);
    EXPECT_EQ(daemon.asked["abort"]["reason"], "part_not_given");
}

TEST(KeysCeremony, WithoutATerminalIsAborted) {
    Counter counter;
    ObligingDaemon daemon{counter};
    EXPECT_EQ(counter.run(ceremony()).status, 2);
    EXPECT_EQ(daemon.asked["abort"]["reason"], "part_not_given");
}

TEST(KeysAbort, EndsTheCeremonyOfAnotherTerminal) {
    Counter counter;
    ObligingDaemon daemon{counter};
    EXPECT_EQ(counter.run({"keys", "abort", "--reason", "power cut"}).status, 0);
    EXPECT_EQ(daemon.asked["abort"], Json::parse(R"({"token":"","reason":"power cut"})"));
}

TEST(KeysMinutes, AreListedWithWhatIsWrong) {
    Counter counter;
    api::MinutesList list;
    list.minutes = {{1, "2026-11-26T08:20:00Z", "ceremony", "done", "UKSSSE SM4 1 (0514AC)", "op"}};
    list.public_key = "PEM\n";
    counter.service.on<api::MinutesListRequest>() = [&](auto&, auto&) { return list; };
    auto const whole = counter.run({"keys", "minutes", "list"});
    EXPECT_EQ(whole.status, 0);
    EXPECT_TRUE(contains(whole.out, "UKSSSE SM4 1 (0514AC)")) << whole.out;
    EXPECT_EQ(counter.run({"keys", "minutes", "verify"}).out, "The list of 1 minutes is whole.\n");
    EXPECT_EQ(counter.run({"keys", "minutes", "public-key"}).out, "PEM\n");
    list.findings = {{2, "missing"}, {0, "head_wrong"}};
    EXPECT_EQ(counter.run({"keys", "minutes", "list"}).status, 1);
    auto const shortened = counter.run({"keys", "minutes", "verify"});
    EXPECT_EQ(shortened.status, 1);
    EXPECT_TRUE(contains(shortened.out, "Minutes 2: they are missing")) << shortened.out;
    EXPECT_EQ(json_of(counter.run({"keys", "minutes", "verify", "--json"}).out)["findings"].size(),
              2U);
}

TEST(KeysMinutes, AreShownAndProved) {
    Counter counter;
    counter.service.on<api::MinutesRequest>() = [](auto& request, auto&) {
        api::MinutesDocument document{request.number, "{\"minutes\":{}}\n", std::nullopt};
        if (request.pdf) {
            document.pdf = "JVBERg==";
        }
        return document;
    };
    api::test::TemporaryFolder const folder;
    EXPECT_EQ(counter.run({"keys", "minutes", "show", "3", "--pdf", folder.path("3.pdf")}).status,
              0);
    std::ifstream paper{folder.path("3.pdf")};
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>{paper}, {}), "%PDF");
    EXPECT_NE(counter.run({"keys", "minutes", "show", "3", "--pdf", "/nonexistent/3"}).status, 0);
    EXPECT_EQ(counter.run({"keys", "minutes", "show", "3"}).out, "{\"minutes\":{}}\n");
    std::string asked;
    std::optional<std::string> finding;
    counter.service.on<api::MinutesProofRequest>() = [&](auto& request, auto&) {
        asked = request.text;
        return api::MinutesProof{3, finding};
    };
    counter.input = "{\"minutes\":{}}\n";
    auto const right = counter.run({"keys", "minutes", "verify", "-"});
    EXPECT_EQ(right.status, 0);
    EXPECT_EQ(right.out, "Minutes 3 are this office's, unchanged.\n");
    EXPECT_EQ(asked, counter.input);
    finding = "not_signed";
    auto const wrong = counter.run({"keys", "minutes", "verify", "-"});
    EXPECT_EQ(wrong.status, 1);
    EXPECT_TRUE(contains(wrong.out, "Minutes 3: they are not as this office has signed them"));
}

std::vector<std::string> generation() {
    return {"keys", "generate", "UKSSSE", "--algorithm", "3DES", "--version",   "1",   "--tier",
            "city", "--token",  "office", "--custodian", "张三", "--custodian", "李四"};
}

TEST(KeysGenerate, HasEachCustodianConfirmAndSaysThatTheKeyIsNowhereElse) {
    Counter counter;
    ObligingDaemon daemon{counter};
    PseudoTerminal terminal{{"yes", "yes"}};
    counter.terminal = terminal.path();
    auto const made = counter.run(generation());
    EXPECT_EQ(made.status, 0) << made.err;
    EXPECT_TRUE(contains(made.out, "in the token, and there alone.\nMinutes number 7")) << made.out;
    EXPECT_TRUE(contains(made.out, "No spare token and no backup has it")) << made.out;
    Json const& asked = daemon.asked;
    EXPECT_EQ(asked["begin"]["name"], "UKSSSE");
    EXPECT_EQ(asked["begin"]["tier"], "city");
    EXPECT_EQ(asked["begin"]["token"], "office");
    EXPECT_EQ(asked["finish"]["check_value"], "0514AC");
    EXPECT_FALSE(asked.contains("parts"));
}

TEST(KeysGenerate, IsAbortedByACustodiansNo) {
    Counter counter;
    ObligingDaemon daemon{counter};
    PseudoTerminal terminal{{"yes", "no"}};
    counter.terminal = terminal.path();
    EXPECT_NE(counter.run(generation()).status, 0);
    EXPECT_FALSE(daemon.asked.contains("finish"));
    EXPECT_EQ(daemon.asked["abort"]["reason"], "ceremony_not_confirmed");
}

} // namespace
