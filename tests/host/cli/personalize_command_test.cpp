#include "tests/host/cli/counter.hpp"

#include "host/api/decoder.hpp"
#include "host/cli/progress_report.hpp"

#include <gtest/gtest.h>

namespace {

using api::Json;
using cli::contains;
using cli::Counter;
using cli::TextDescriptor;

api::Personalized made() {
    return {"both",      "639900D15600000500BF7C7A48FB4966",
            "A00000011", "2.00",
            "3DES",      "639900",
            120,         250,
            true,        {}};
}

TEST(PersonalizeCommand, CarriesEverythingThatWasSaid) {
    Counter counter;
    Json asked;
    counter.service.on<api::PersonalizeRequest>() = [&](auto& request, auto&) {
        asked = api::to_json(request);
        return made();
    };
    counter.input = "{\"holder\": {}}";
    TextDescriptor const pin{"654321\n"};
    EXPECT_EQ(counter
                  .run({"card",
                        "personalize",
                        "--stage",
                        "both",
                        "--record",
                        "-",
                        "--pin-fd",
                        pin.text(),
                        "--version",
                        "3.00",
                        "--algorithm",
                        "SM4",
                        "--region",
                        "639900",
                        "--reset-info",
                        "00814E43238697159900BF7C7A",
                        "--rewrite-person",
                        "--replacement",
                        "--try-transport-key-again",
                        "--reader",
                        "1"})
                  .status,
              0);
    EXPECT_EQ(asked, Json::parse(R"({"reader":"1","stage":"both","record":"{\"holder\": {}}",
                                     "pin":"654321","version":"3.00","algorithm":"SM4",
                                     "region":"639900","reset_info":"00814E43238697159900BF7C7A",
                                     "rewrite_person":true,"replacement":true,
                                     "try_transport_key_again":true})"));
}

TEST(PersonalizeCommand, WhatIsNotSaidIsLeftToTheDaemon) {
    Counter counter;
    Json asked;
    counter.service.on<api::PersonalizeRequest>() = [&](auto& request, auto&) {
        asked = api::to_json(request);
        return made();
    };
    EXPECT_EQ(counter.run({"card", "personalize", "--stage", "structure"}).status, 0);
    EXPECT_EQ(asked, Json::parse(R"({"stage":"structure","rewrite_person":false,"replacement":false,
                                     "try_transport_key_again":false})"));
}

TEST(PersonalizeCommand, TheStageMustBeSaid) {
    EXPECT_EQ(Counter{}.run({"card", "personalize"}).status, 2);
}

TEST(PersonalizeCommand, TellsWhatWasMadeAndThatItsKeysAreForTests) {
    Counter counter;
    counter.service.on<api::PersonalizeRequest>() = [](auto&, auto&) { return made(); };
    auto const ran = counter.run({"card", "personalize", "--stage", "structure"});
    EXPECT_TRUE(contains(ran.out, "The card is personalized.\nCard number  A00000011\n"))
        << ran.out;
    EXPECT_TRUE(contains(ran.out, "never for a holder"));
    auto const json =
        api::parse_json(counter.run({"card", "personalize", "--stage", "structure", "--json"}).out);
    ASSERT_TRUE(json);
    EXPECT_EQ((*json)["card_id"], "639900D15600000500BF7C7A48FB4966");
}

TEST(PersonalizeCommand, ProgressGoesToStandardErrorLineByLine) {
    Counter counter;
    counter.service.on<api::PersonalizeRequest>() = [](auto&, api::Caller& caller) {
        for (std::uint32_t i = 0; i <= 40; ++i) {
            caller.tell({i, 40, "step " + std::to_string(i), "第" + std::to_string(i) + "步"});
        }
        return made();
    };
    auto const ran = counter.run({"card", "personalize", "--stage", "structure", "--json"});
    EXPECT_TRUE(ran.err.starts_with("4/40  step 4\n8/40  step 8\n")) << ran.err;
    EXPECT_TRUE(ran.err.ends_with("40/40  step 40\n"));
    EXPECT_TRUE(api::parse_json(ran.out));
    EXPECT_TRUE(
        contains(counter.run({"card", "personalize", "--stage", "structure", "--lang", "zh"}).err,
                 "4/40  第4步\n"));
}

TEST(PersonalizeCommand, TheSchemaIsPrintedAsItIs) {
    Counter counter;
    counter.service.on<api::RecordSchemaRequest>() = [](auto&, auto&) {
        return api::RecordSchema{{R"({"type":"object","title":"个人"})"}};
    };
    auto const ran = counter.run({"card", "personalize", "--schema"});
    EXPECT_EQ(ran.status, 0);
    EXPECT_EQ(ran.out, "{\n  \"type\": \"object\",\n  \"title\": \"个人\"\n}\n");
}

TEST(PersonalizeCommand, ANewPinComesFromTheTerminalTwice) {
    Counter counter;
    counter.refuse<api::PersonalizeRequest>(api::fault("no_card"));
    auto const ran = counter.run({"card", "personalize", "--stage", "data", "--ask-pin"});
    EXPECT_EQ(ran.status, 2); // there is no terminal here
    EXPECT_TRUE(contains(ran.err, "No PIN was given."));
}

TEST(ProgressReport, OnATerminalItIsABarInOneLine) {
    cli::use_language(cli::Language::english, cli::locale_folder_of_program());
    std::ostringstream out;
    {
        cli::ProgressReport report{out, true};
        report.tell({0, 4, "begin", ""});
        report.tell({2, 4, std::string(200, 'x'), ""});
    }
    std::string const expected = "\r\x1B[K[........................] 0/4 begin"
                                 "\r\x1B[K[############............] 2/4 " +
                                 std::string(44, 'x') + "\r\x1B[K";
    EXPECT_EQ(out.str(), expected);
}

TEST(ProgressReport, AChineseStepIsCutBetweenCharacters) {
    cli::use_language(cli::Language::chinese, cli::locale_folder_of_program());
    std::ostringstream out;
    std::string step;
    for (int i = 0; i < 40; ++i) {
        step += "写";
    }
    {
        cli::ProgressReport report{out, true};
        report.tell({1, 2, "", step});
    }
    std::string cut;
    for (int i = 0; i < 22; ++i) {
        cut += "写";
    }
    EXPECT_TRUE(contains(out.str(), " 1/2 " + cut + "\r")) << out.str();
}

} // namespace
