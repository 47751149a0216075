#include "host/api/decoder.hpp"
#include "host/api/service.hpp"

#include <gtest/gtest.h>

namespace {

using api::UnknownMembers;

template <typename T>
api::Outcome<T> read(std::string_view text) {
    return api::decode<T>(text, UnknownMembers::refused, api::code::request_invalid);
}

/// What comes back when a message goes to text and is read again, as text.
template <typename T>
std::string there_and_back(T const& message) {
    std::string const text = api::to_text(api::to_json(message));
    auto const again = read<T>(text);
    if (!again.ok()) {
        return again.error().problems.front().where + " " + again.error().problems.front().code;
    }
    return api::to_text(api::to_json(again.value())) == text ? "same" : "different";
}

template <typename T>
std::vector<std::string> problems_of(std::string_view text) {
    std::vector<std::string> all;
    auto const outcome = read<T>(text);
    if (!outcome.ok()) {
        for (auto const& problem : outcome.error().problems) {
            all.push_back(problem.code + " " + problem.where);
        }
    }
    return all;
}

using Problems = std::vector<std::string>;

TEST(Messages, EveryReplyIsReadAsItWasWritten) {
    EXPECT_EQ(there_and_back(api::ReaderList{{{1, "Reader A", true, false, true, "3B6D"},
                                              {2, "Reader B", false, false, false, std::nullopt}}}),
              "same");
    EXPECT_EQ(there_and_back(api::PinStatus{api::PinState::blocked, 0}), "same");
    EXPECT_EQ(there_and_back(api::BasicData{"639900",
                                            "110101190001010014",
                                            "A00000011",
                                            "639900D15600000500BF7C7A48FB4966",
                                            "张三",
                                            "00814E43238697159900BF7C7A",
                                            "2.00",
                                            "2024-01-01",
                                            "2034-01-01",
                                            "3DES",
                                            {api::PinState::set, 6},
                                            "personalized",
                                            true,
                                            true}),
              "same");
    api::FileContent file{"DF01/EF15", "education", "学历", "variable_records", {}, {}, {}};
    file.entries.push_back(
        {"40", 2, {"degree", "学位信息", "", "", ""}, {{"code", "学位代码", "203", "", ""}}});
    EXPECT_EQ(there_and_back(api::FileContents{{file}}), "same");
    EXPECT_EQ(there_and_back(api::Written{"DF01/EF06", "residence", "phone", 1, 17, true}), "same");
    EXPECT_EQ(there_and_back(api::Voided{"card_block", "00814E43238697159900BF7C7A", ""}), "same");
    api::RegisteredCard card;
    card.state = "voided";
    card.reason = "misprinted";
    card.test_keys = true;
    EXPECT_EQ(there_and_back(api::CardList{{card, api::RegisteredCard{}}}), "same");
    EXPECT_EQ(there_and_back(api::PersonalizationPlan{"639900D15600000500BF7C7A48FB4966",
                                                      "A00000011",
                                                      {{1, "00A4", "select", "选择"}}}),
              "same");
    EXPECT_EQ(there_and_back(api::Blocked{"DF03", "社会保险信息区1"}), "same");
    EXPECT_EQ(there_and_back(api::KeyReport{
                  api::KeyBackEnd::sealed_store,
                  "/var/lib/sscard/keys",
                  api::KeyState::open,
                  "passphrase",
                  true,
                  false,
                  std::nullopt,
                  {{"BK", "city", "SM4", 2, 16, "2677F4", true, api::KeyBackEnd::sealed_store}}}),
              "same");
    EXPECT_EQ(there_and_back(api::KeyDiagnosis{
                  {}, "639900", "3.00", "SM4", 2, {"BK version 1"}, {api::fault("key_missing")}}),
              "same");
    EXPECT_EQ(there_and_back(api::Personalized{"both",
                                               "63",
                                               "A00000011",
                                               "2.00",
                                               "3DES",
                                               "639900",
                                               120,
                                               240,
                                               true,
                                               {{"/a", "b", "c"}}}),
              "same");
    EXPECT_EQ(there_and_back(api::RecordCheck{"A00000011", {}}), "same");
    EXPECT_EQ(there_and_back(api::RecordSchema{{R"({"type":"object"})"}}), "same");
}

TEST(Messages, ADiagnosisCarriesItsFault) {
    api::Diagnosis diagnosis;
    diagnosis.reader = "Reader A";
    diagnosis.trace.push_back({"00A40400", "SELECT", 15, 0, "6A82", "not found", "未找到"});
    diagnosis.fault = api::fault("foreign_card", "a SIM");
    diagnosis.fault->status = api::CardStatus{"6A82", "SELECT", "a", "b", "c", "d"};
    diagnosis.fault->tries_left = 3;
    EXPECT_EQ(there_and_back(diagnosis), "same");
}

TEST(Messages, EveryRequestIsReadAsItWasWritten) {
    EXPECT_EQ(there_and_back(api::ReadersRequest{}), "same");
    EXPECT_EQ(there_and_back(api::BasicDataRequest{"Reader A"}), "same");
    EXPECT_EQ(there_and_back(api::PinVerifyRequest{"1", api::PinText{"123456"}, true}), "same");
    EXPECT_EQ(there_and_back(
                  api::PinChangeRequest{{}, api::PinText{"123456"}, api::PinText{"654321"}, false}),
              "same");
    EXPECT_EQ(there_and_back(api::PinResetRequest{{}, api::PinText{"123456"}}), "same");
    EXPECT_EQ(there_and_back(
                  api::FileReadRequest{{}, "residence", "address", api::PinText{"123456"}, false}),
              "same");
    EXPECT_EQ(there_and_back(api::FileWriteRequest{
                  {}, "education", "degree", 2, {}, {{"code", "203"}, {"school", "某大学"}}, {}}),
              "same");
    EXPECT_EQ(there_and_back(api::PersonalizeRequest{
                  "1", api::Stage::structure, api::RecordText{"{}"}, api::PinText{"123456"}, "3.00",
                  "SM4", "639900", "00814E43238697159900BF7C7A", false, true, "2026-07", true,
                  "00814E43238697159900BF7C7A"}),
              "same");
    EXPECT_EQ(there_and_back(api::CardVoidRequest{"1", "misprinted", "00814E43238697159900BF7C7A"}),
              "same");
    EXPECT_EQ(there_and_back(api::ApplicationBlockRequest{{}, "DF03"}), "same");
    EXPECT_EQ(there_and_back(api::DiagnosisRequest{}), "same");
}

TEST(Messages, OptionalMembersMayBeLeftOut) {
    auto const request = read<api::PinVerifyRequest>(R"({"pin":"123456"})");
    ASSERT_TRUE(request.ok());
    EXPECT_FALSE(request.value().reader);
    EXPECT_FALSE(request.value().spend_last_try);
    EXPECT_EQ(request.value().pin->typed(), "123456");
}

TEST(Messages, EveryFaultOfARequestIsListedAtOnce) {
    EXPECT_EQ(
        problems_of<api::PinVerifyRequest>(R"({"reader":7,"spend_last_try":"yes","pni":"123456"})"),
        (Problems{"wrong_type /reader", "wrong_type /spend_last_try", "unknown_member /pni"}));
}

TEST(Messages, NumbersOutOfRangeAreRefused) {
    EXPECT_EQ(problems_of<api::FileWriteRequest>(R"({"file":"x","occurrence":-1})"),
              Problems{"out_of_range /occurrence"});
    EXPECT_EQ(problems_of<api::FileWriteRequest>(R"({"file":"x","occurrence":4294967296})"),
              Problems{"out_of_range /occurrence"});
    EXPECT_EQ(problems_of<api::FileWriteRequest>(R"({"file":"x","occurrence":1.5})"),
              Problems{"out_of_range /occurrence"});
    EXPECT_EQ(problems_of<api::FileWriteRequest>(R"({"file":"x","occurrence":1e999})"),
              Problems{"malformed "});
}

TEST(Messages, AnUnknownStageIsToldWithTheKnownOnes) {
    auto const request = read<api::PersonalizeRequest>(R"({"stage":"all"})");
    ASSERT_FALSE(request.ok());
    EXPECT_EQ(request.error().problems.front().code, "unknown_value");
    EXPECT_EQ(request.error().problems.front().detail, "one of structure, data, both");
}

TEST(Messages, ARecordIsTextOrAnObject) {
    auto const text = read<api::RecordCheckRequest>(R"({"record":"{\"a\": 1, \"a\": 2}"})");
    ASSERT_TRUE(text.ok());
    EXPECT_EQ(text.value().record.text, R"({"a": 1, "a": 2})");
    auto const object = read<api::RecordCheckRequest>(R"({"record":{"a":1}})");
    ASSERT_TRUE(object.ok());
    EXPECT_EQ(object.value().record.text, R"({"a":1})");
    EXPECT_EQ(problems_of<api::RecordCheckRequest>(R"({"record":1})"),
              Problems{"wrong_type /record"});
}

TEST(Messages, WhatIsNoJsonIsMalformed) {
    for (char const* const text : {"", "{", "nul", "[1,]", "\xFF", "{\"a\":\"\xFF\"}"}) {
        EXPECT_EQ(problems_of<api::ReadersRequest>(text), Problems{"malformed "}) << text;
    }
}

TEST(Messages, NestingHasALimit) {
    std::string const deep(200'000, '[');
    EXPECT_EQ(problems_of<api::RecordCheckRequest>(R"({"record":)" + deep), Problems{"malformed "});
    std::string const closed =
        R"({"record":{"a":)" + std::string(100, '[') + std::string(100, ']') + "}}";
    EXPECT_EQ(problems_of<api::RecordCheckRequest>(closed), Problems{"malformed "});
}

TEST(Messages, AReplyOfANewerDaemonIsReadWithoutWhatIsNew) {
    auto const reply =
        api::decode<api::PinStatus>(R"({"state":"set","tries_left":5,"new":1})",
                                    UnknownMembers::ignored, api::code::answer_unreadable);
    ASSERT_TRUE(reply.ok());
    EXPECT_EQ(reply.value().tries_left, 5);
}

TEST(Messages, TextThatIsNoUtf8StillGivesJson) {
    EXPECT_EQ(api::to_text(api::to_json(api::Blocked{"\xFF", ""})),
              "{\"blocked\":\"\xEF\xBF\xBD\",\"label_zh\":\"\",\"test_keys\":false}");
}

} // namespace
