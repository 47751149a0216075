// Minutes as signed JSON.
#include "tests/host/audit/minutes_folder.hpp"

#include <nlohmann/json.hpp>

namespace {

using namespace audit;
using namespace audit::test;

TEST(MinutesText, SaysWhoWhenWhatAndHowItEnded) {
    auto const json = nlohmann::json::parse(text_to_sign(a_ceremony()));
    EXPECT_EQ(json["act"], "ceremony");
    EXPECT_EQ(json["outcome"], "done");
    EXPECT_EQ(json["custodians"][0]["name"], "张三");
    EXPECT_EQ(json["custodians"][0]["check_value"], "2677F4");
    EXPECT_EQ(json["witnesses"][0], "王五");
    EXPECT_EQ(json["operator"], "operator");
    EXPECT_EQ(json["keys"][0]["version"], 1);
    EXPECT_EQ(json["keys"][1]["version"], nullptr);
    EXPECT_EQ(json["software"], "sscard 0.1.0");
}

TEST(MinutesText, IsReadAsItWasWritten) {
    MinutesFolder const folder;
    MinutesBook book = folder.book();
    auto const made = book.add(a_ceremony());
    ASSERT_EQ(outcome_of(made), "ok");
    auto const read = parse_minutes(file_text(made.value()));
    ASSERT_EQ(outcome_of(read), "ok");
    EXPECT_EQ(read.value().signed_text, made.value().signed_text);
    EXPECT_EQ(file_text(read.value()), file_text(made.value()));
    EXPECT_TRUE(book.has_signed(read.value()));
}

TEST(MinutesText, NoByteOfItCanBeChangedUnnoticed) {
    MinutesFolder const folder;
    MinutesBook book = folder.book();
    auto const made = book.add(a_ceremony());
    std::string const text = file_text(made.value());
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        std::string changed = text;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        auto const read = parse_minutes(changed);
        EXPECT_FALSE(read.ok() && book.has_signed(read.value())) << i;
    }
}

TEST(MinutesText, AnythingElseIsNoMinutes) {
    for (auto const* const text : {"", "{}", "[]", R"({"minutes":{},"signature":{}})", "\xFF"}) {
        EXPECT_FALSE(parse_minutes(text).ok()) << text;
    }
}

} // namespace
