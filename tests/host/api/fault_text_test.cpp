#include "host/api/answer.hpp"
#include "host/api/fault_text.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace {

using api::find_fault_text;

TEST(FaultText, SaysWhatHappenedWhyAndWhatNextInSentences) {
    for (auto const& group : api::fault_text_groups()) {
        for (auto const& text : group) {
            for (auto const sentence : {text.what, text.why, text.next}) {
                EXPECT_TRUE(sentence.ends_with('.')) << text.code << ": " << sentence;
                EXPECT_GT(sentence.size(), 10U) << text.code;
            }
        }
    }
}

TEST(FaultText, EachCodeHasOneText) {
    std::set<std::string_view> seen;
    for (auto const& group : api::fault_text_groups()) {
        for (auto const& text : group) {
            EXPECT_TRUE(seen.insert(text.code).second) << text.code;
        }
    }
}

TEST(FaultText, CodesOfThisFolderHaveTexts) {
    for (auto const code :
         {api::code::no_daemon, api::code::answer_late, api::code::answer_unreadable,
          api::code::request_invalid, api::code::request_too_large, api::code::unknown_request,
          api::code::internal_fault, api::code::daemon_stopping, api::code::desk_pin_refused,
          api::code::bank_application, api::code::not_confirmed, api::code::pin_not_given,
          api::code::pins_differ, api::code::output_failed}) {
        EXPECT_NE(find_fault_text(code), nullptr) << code;
    }
}

TEST(FaultText, EveryHttpStatusIsAClientsOrAServersFault) {
    for (auto const& group : api::fault_text_groups()) {
        for (auto const& text : group) {
            EXPECT_GE(text.http_status, 400) << text.code;
            EXPECT_LT(text.http_status, 600) << text.code;
        }
    }
}

TEST(FaultText, AnUnknownCodeHasNone) { EXPECT_EQ(find_fault_text("no_such_code"), nullptr); }

TEST(ErrorJson, CarriesTheFaultAndItsTexts) {
    api::Fault fault = api::fault("pin_wrong", "Reader A");
    fault.tries_left = 2;
    api::Json const json = api::error_json(fault);
    EXPECT_EQ(json["error"]["code"], "pin_wrong");
    EXPECT_EQ(json["error"]["tries_left"], 2);
    EXPECT_EQ(json["error"]["status"], nullptr);
    EXPECT_EQ(json["error"]["what"], "The PIN is wrong.");
    EXPECT_FALSE(json["error"]["why"].empty());
    EXPECT_FALSE(json["error"]["next"].empty());
}

TEST(ErrorJson, IsReadBackAsTheFault) {
    api::Fault fault = api::fault("unexpected_status", "SSSE/EF05");
    fault.status = api::CardStatus{"6982", "READ RECORD", "a", "b", "c", "d"};
    fault.problems = {{"/a", "missing", "x"}};
    api::Json json = api::error_json(fault);
    api::Fault const again = api::fault_from_json(json["error"]);
    EXPECT_EQ(api::to_text(api::to_json(again)), api::to_text(api::to_json(fault)));
}

TEST(ErrorJson, AnErrorThatIsNoneIsUnreadable) {
    api::Json json = api::Json::array();
    EXPECT_EQ(api::fault_from_json(json).code, "answer_unreadable");
}

} // namespace
