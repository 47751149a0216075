// What the office remembers of its cards: card list, card void, and a personalization's dry run.
#include "tests/host/cli/counter.hpp"

#include "host/api/decoder.hpp"

#include <gtest/gtest.h>

namespace {

using api::Json;
using cli::contains;
using cli::Counter;
using cli::json_of;

api::RegisteredCard card_of(std::string state, std::string reason) {
    api::RegisteredCard card;
    card.state = std::move(state);
    card.reason = std::move(reason);
    card.card_number = "A00000011";
    card.social_security_number = "110101190001010014";
    card.reset_info = "00814E43238697159900BF7C7A";
    card.began_at = "2026-07-01T08:30:00Z";
    return card;
}

TEST(ListCommand, TellsStateTimeAndReason) {
    Counter counter;
    counter.service.on<api::CardListRequest>() = [](auto&, auto&) {
        auto live = card_of("live", "");
        live.made_at = "2026-07-01T08:31:00Z";
        auto voided = card_of("voided", "misprinted\x1b[2J");
        voided.voided_at = "2026-07-01T08:32:00Z";
        return api::CardList{{live, voided, card_of("in_making", ""), card_of("blank", "")}};
    };
    auto const told = counter.run({"card", "list"});
    EXPECT_EQ(told.status, 0);
    EXPECT_TRUE(contains(told.out, "live       2026-07-01T08:31:00Z  A00000011")) << told.out;
    EXPECT_TRUE(contains(told.out, "void       2026-07-01T08:32:00Z  A00000011")) << told.out;
    EXPECT_TRUE(contains(told.out, "in making  2026-07-01T08:30:00Z  A00000011")) << told.out;
    EXPECT_TRUE(contains(told.out, "misprinted"));
    EXPECT_FALSE(contains(told.out, "\x1b")); // a reason cannot steer the terminal
    Json const json = json_of(counter.run({"card", "list", "--json"}).out);
    ASSERT_EQ(json.size(), 4U);
    EXPECT_EQ(json[0]["state"], "live");
}

TEST(ListCommand, AsksForWhatWasSaid) {
    Counter counter;
    Json asked;
    counter.service.on<api::CardListRequest>() = [&](auto& request, auto&) {
        asked = api::to_json(request);
        return api::CardList{};
    };
    EXPECT_EQ(counter
                  .run({"card", "list", "--state", "live", "--person", "110101190001010014",
                        "--card-number", "A00000011", "--since", "2026-07-01", "--spoiled",
                        "--limit", "5"})
                  .status,
              0);
    EXPECT_EQ(asked, Json::parse(R"({"state":"live","social_security_number":"110101190001010014",
                                     "card_number":"A00000011","since":"2026-07-01",
                                     "spoiled":true,"limit":5})"));
    EXPECT_EQ(counter.run({"card", "list", "--state", "lost"}).status, 2);
}

TEST(VoidCommand, IsDoneOnlyWhenItIsMeant) {
    Counter counter;
    Json asked;
    std::string how = "card_block";
    counter.service.on<api::CardVoidRequest>() = [&](auto& request, auto&) {
        asked = api::to_json(request);
        return api::Voided{how, "00814E43238697159900BF7C7A", ""};
    };
    auto const refused = counter.run({"card", "void", "--reason", "misprinted"});
    EXPECT_EQ(refused.status, 9);
    EXPECT_TRUE(contains(refused.err, "--permanently"));
    EXPECT_TRUE(asked.is_null());
    std::vector<std::string> const meant{"card",     "void",       "--reader",     "2",
                                         "--reason", "misprinted", "--permanently"};
    EXPECT_TRUE(contains(counter.run(meant).out, "it is blocked for good."));
    EXPECT_EQ(asked, Json::parse(R"({"reader":"2","reason":"misprinted"})"));
    how = "structure_deleted";
    EXPECT_TRUE(contains(counter.run(meant).out, "the chip is bare again."));
    EXPECT_EQ(counter.run({"card", "void", "--permanently"}).status, 2); // why?
}

TEST(DryRun, PrintsEachStepWithItsCommands) {
    Counter counter;
    counter.service.on<api::PersonalizationPlanRequest>() = [](auto& request, auto&) {
        EXPECT_EQ(request.stage, api::Stage::structure);
        return api::PersonalizationPlan{"639900D15600000500BF7C7A48FB4966",
                                        "",
                                        {{1, "0084000008", "authenticate", "认证"},
                                         {1, "0082000008<8 bytes>", "authenticate", "认证"},
                                         {2, "80E0", "create MF", "建立主文件"}}};
    };
    std::vector<std::string> const words{"card", "personalize", "--stage", "structure",
                                         "--dry-run"};
    EXPECT_EQ(counter.run(words).out, "1  authenticate\n"
                                      "       0084000008\n"
                                      "       0082000008<8 bytes>\n"
                                      "2  create MF\n"
                                      "       80E0\n"
                                      "2 steps, 3 commands. Nothing was written to the card.\n");
    auto in_chinese = words;
    in_chinese.insert(in_chinese.end(), {"--lang", "zh"});
    EXPECT_TRUE(contains(counter.run(in_chinese).out, "1  认证\n"));
    auto as_json = words;
    as_json.emplace_back("--json");
    EXPECT_EQ(json_of(counter.run(as_json).out)["commands"].size(), 3U);
}

} // namespace
