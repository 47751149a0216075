// The kiosk's terminals at the command line.
#include "tests/host/cli/counter.hpp"
#include "tests/host/cli/pseudo_terminal.hpp"

#include "host/api/terminal_words.hpp"

#include <gtest/gtest.h>

namespace {

using api::Json;
using cli::contains;
using cli::Counter;
using cli::json_of;
using cli::PseudoTerminal;

constexpr auto* one_part = "0123456789ABCDEFFEDCBA9876543210";
constexpr auto* other_part = "11112222333344445555666677778888";

/// What is asked of a daemon that has two custodians provision a terminal.
Json asked_by_provisioning(Counter& counter, cli::Ran& ran) {
    Json asked = Json::object();
    counter.service.on<api::TerminalProvisioningRequest>() = [&](auto& request, auto&) {
        asked["begin"] = api::to_json(request);
        api::Ceremony begun{"TOKEN", "2026-11-27T09:00:00.000Z", "provisioning", 32, {}, {}};
        for (std::string const& name : request.custodians) {
            begun.parts.push_back({name, false, std::nullopt});
        }
        return begun;
    };
    counter.service.on<api::PartRequest>() = [&](auto& request, auto&) {
        asked["parts"].push_back(api::to_json(request));
        return api::CustodianPart{"", false, "2677F4"};
    };
    counter.service.on<api::CombineRequest>() = [](auto&, auto&) {
        return api::Combined{"0514AC", 1};
    };
    counter.service.on<api::CeremonyFinishRequest>() = [&](auto& request, auto&) {
        asked["finish"] = api::to_json(request);
        return api::MinutesDocument{7, "{\"minutes\":{}}\n", std::nullopt};
    };
    ran = counter.run({"terminal", "provision", "1234567800000001", "--algorithm", "AES128",
                       "--reader", "Kiosk", "--custodian", "张三", "--custodian", "李四"});
    return asked;
}

TEST(TerminalProvision, HasEachCustodianTypeTheirPartAlone) {
    Counter counter;
    PseudoTerminal terminal{
        {one_part, "2677F4", "yes", other_part, "", other_part, "yes", "yes", "是"}};
    counter.terminal = terminal.path();
    cli::Ran ran{};
    Json const asked = asked_by_provisioning(counter, ran);
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_TRUE(contains(ran.out, "The terminal has its id and its transport key.\nMinutes number"))
        << ran.out;
    EXPECT_EQ(asked["begin"]["reader"], "Kiosk");
    EXPECT_EQ(asked["begin"]["id"], "1234567800000001");
    EXPECT_EQ(asked["parts"][0]["value"], one_part);
    EXPECT_EQ(asked["parts"][1]["value"], other_part);
    EXPECT_EQ(asked["finish"]["check_value"], "0514AC");
    EXPECT_TRUE(contains(terminal.seen(), "李四, 2 of 2, alone at the screen")) << terminal.seen();
    EXPECT_FALSE(contains(terminal.seen(), one_part));
    EXPECT_FALSE(contains(terminal.seen(), other_part));
}

TEST(TerminalProvision, SaysThatATerminalHasKeysAlready) {
    Counter counter;
    counter.refuse<api::TerminalProvisioningRequest>(
        api::fault("terminal_provisioned", "Kiosk Terminal 00 00"));
    auto const refused = counter.run({"terminal", "provision", "1234567800000001", "--algorithm",
                                      "AES128", "--custodian", "张三", "--custodian", "李四"});
    EXPECT_EQ(refused.status, 9) << refused.err;
    EXPECT_TRUE(contains(refused.err, "The terminal has keys already. [Kiosk Terminal 00 00]"))
        << refused.err;
}

/// A terminal whose health says these words, and counts of all its parts.
api::TerminalHealth healthy(std::string_view start_reason, std::string_view keys) {
    api::TerminalHealth health{.reader = "KIOSK 00 00",
                               .uptime_s = 5,
                               .start_reason = std::string{start_reason},
                               .keys = std::string{keys},
                               .random = true,
                               .image_version = 1};
    for (auto const& part : api::terminal_parts) {
        bool const is_link = part.word.starts_with("link_");
        health.counts.push_back(
            {std::string{part.word},
             std::vector<std::uint32_t>(is_link ? api::terminal_link_counts.size()
                                                : api::terminal_slot_counts.size())});
    }
    return health;
}

/// Two small Latin letters: English, among Chinese and names in capitals.
bool has_english(std::string_view text) {
    auto const is_small = [](char c) { return c >= 'a' && c <= 'z'; };
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        if (is_small(text[i]) && is_small(text[i + 1])) {
            return true;
        }
    }
    return false;
}

TEST(TerminalHealth, NamesWhatItCounts) {
    Counter counter;
    counter.service.on<api::TerminalHealthRequest>() = [](auto&, auto&) {
        auto health = healthy("power", "loaded");
        health.counts[0].counts = {3, 1, 20, 2, 0, 0};
        return health;
    };
    auto const told = counter.run({"terminal", "health"});
    EXPECT_EQ(told.status, 0) << told.err;
    EXPECT_TRUE(contains(told.out, "Keys: loaded. Randomness: works. Case: closed.")) << told.out;
    EXPECT_TRUE(contains(told.out, "user card            activations 3, cards removed 1, "
                                   "exchanges 20, mute 2, parity errors 0, protocol broken 0"))
        << told.out;
}

TEST(TerminalHealth, HasNoEnglishInChinese) {
    for (auto const& reason : api::terminal_start_reasons) {
        for (auto const& keys : api::terminal_key_states) {
            Counter counter;
            counter.service.on<api::TerminalHealthRequest>() = [&](auto&, auto&) {
                return healthy(reason.word, keys.word);
            };
            auto const told = counter.run({"--lang", "zh", "terminal", "health"});
            EXPECT_EQ(told.status, 0) << told.err;
            EXPECT_FALSE(has_english(told.out)) << told.out;
        }
    }
}

TEST(TerminalRefusal, GivesItsReasonInTheLanguageInUse) {
    Counter counter;
    counter.refuse<api::TerminalHealthRequest>(api::fault("terminal_refused", "no_key"));
    EXPECT_TRUE(contains(counter.run({"terminal", "health"}).err,
                         "The terminal refused. [it lacks the key for that]"));
    EXPECT_TRUE(contains(counter.run({"--lang", "zh", "terminal", "health"}).err,
                         "终端拒绝执行。 [尚无所需的密钥]"));
    EXPECT_EQ(json_of(counter.run({"terminal", "health", "--json"}).out)["error"]["detail"],
              "no_key");
}

} // namespace
