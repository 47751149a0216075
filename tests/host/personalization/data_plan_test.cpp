#include "tests/host/personalization/office.hpp"

#include "host/personalization/data_plan.hpp"
#include "host/personalization/plan_keys.hpp"

#include <gtest/gtest.h>

namespace personalization {
namespace {

DataOrder order_for(CardKind kind, PersonRecord const& person) {
    return {.card = card_plan(kind).identity(), .version = kind.version, .person = &person};
}

std::vector<std::string> labels_of(std::vector<Step> const& steps) {
    std::vector<std::string> labels;
    labels.reserve(steps.size());
    for (Step const& step : steps) {
        labels.push_back(label_of(step).en);
    }
    return labels;
}

TEST(DataPlan, OnA2_00CardProvesTheCardThenWritesAndReadsBack) {
    PersonRecord const person = record_of(zhang_san);
    EXPECT_EQ(labels_of(data_steps(order_for(kind_2_00, person))),
              (std::vector<std::string>{
                  "check that the card is genuine",
                  "see that nobody's data are in holder basic data (SSSE/EF06)",
                  "authenticate UKSSSE",
                  "write card class (SSSE/EF05)",
                  "write issue date (SSSE/EF05)",
                  "write expiry date (SSSE/EF05)",
                  "write social security number (SSSE/EF06)",
                  "write name (SSSE/EF06)",
                  "write sex (SSSE/EF06)",
                  "write ethnic group (SSSE/EF06)",
                  "write birth place (SSSE/EF06)",
                  "write birth date (SSSE/EF06)",
                  "read back issuer data (SSSE/EF05)",
                  "read back holder basic data (SSSE/EF06)",
                  "write card number (SSSE/EF05)",
                  "read back issuer data (SSSE/EF05)",
              }));
}

TEST(DataPlan, OnA3_00CardReadsHolderDataUnderRksseOnce) {
    PersonRecord const person = record_of(zhang_san);
    auto const labels = labels_of(data_steps(order_for(kind_3_00, person)));
    EXPECT_EQ(std::count(labels.begin(), labels.end(), "authenticate RKSSSE"), 1);
    EXPECT_EQ(labels.at(1), "authenticate RKSSSE");
    EXPECT_EQ(labels.at(2), "see that nobody's data are in holder basic data (SSSE/EF06)");
}

TEST(DataPlan, TheCardNumberIsWrittenLastOfAllWhenAllElseIsReadBack) {
    PersonRecord const person = record_of(zhang_san_everywhere());
    DataOrder order = order_for(kind_2_00, person);
    order.sets_holder_pin = true;
    auto const labels = labels_of(data_steps(order));
    ASSERT_GE(labels.size(), 3U);
    EXPECT_EQ(labels.at(labels.size() - 1), "read back issuer data (SSSE/EF05)");
    EXPECT_EQ(labels.at(labels.size() - 2), "write card number (SSSE/EF05)");
    EXPECT_EQ(labels.at(labels.size() - 3).substr(0, 9), "read back");
}

TEST(DataPlan, ACardThatMayHaveTheMarkOfAFinishedOneLosesItFirst) {
    PersonRecord const person = record_of(zhang_san);
    DataOrder order = order_for(kind_2_00, person);
    order.resumes = true;
    auto const steps = data_steps(order);
    auto const labels = labels_of(steps);
    EXPECT_EQ(labels.at(2), "write card number (SSSE/EF05)");
    auto const& taken_away = std::get<WriteRecord>(steps.at(2).action);
    EXPECT_EQ(taken_away.bytes, (std::vector<std::uint8_t>{0x07, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0}));
    EXPECT_EQ(std::count(labels.begin(), labels.end(), "write card number (SSSE/EF05)"), 2);
}

TEST(DataPlan, DoneAgainACyclicFileIsFilledAnew) {
    PersonRecord const person = record_of(zhang_san_everywhere());
    DataOrder order = order_for(kind_2_00, person);
    auto const labels = labels_of(data_steps(order));
    order.resumes = true;
    auto const again = labels_of(data_steps(order));
    auto const append = std::string{"add a record to employment history (DF02/EF07)"};
    EXPECT_EQ(std::count(labels.begin(), labels.end(), append), 2);
    EXPECT_EQ(std::count(again.begin(), again.end(), append), 4);
}

TEST(DataPlan, DoneAgainTheDefaultPinIsSetBeforeItIsUsed) {
    PersonRecord const person = record_of(zhang_san_everywhere());
    DataOrder order = order_for(kind_2_00, person);
    order.resumes = true;
    auto const labels = labels_of(data_steps(order));
    auto const set = std::find(labels.begin(), labels.end(), "set the default PIN");
    ASSERT_NE(set, labels.end());
    EXPECT_LT(set, std::find(labels.begin(), labels.end(), "verify the default PIN"));
}

TEST(DataPlan, EachKeyAuthenticatesOnceADirectoryWithItsFilesTogether) {
    PersonRecord const person = record_of(zhang_san_everywhere());
    auto const labels = labels_of(data_steps(order_for(kind_2_00, person)));
    // UK2DF01 writes personal status and employer, with marital status between them in the table.
    EXPECT_EQ(std::count(labels.begin(), labels.end(), "authenticate UK2DF01"), 1);
    auto const at = std::find(labels.begin(), labels.end(), "authenticate UK2DF01");
    EXPECT_EQ(*(at + 1), "write employment state (DF01/EF07)");
    EXPECT_EQ(*(at + 2), "write employer name (DF01/EF09)");
}

TEST(DataPlan, APinThatIsKnownReadsBackInsteadOfAKey) {
    PersonRecord const person = record_of(zhang_san_everywhere());
    auto const steps = data_steps(order_for(kind_2_00, person));
    auto const labels = labels_of(steps);
    EXPECT_EQ(std::count(labels.begin(), labels.end(), "authenticate RK1DF01"), 0);
    // Once in SSSE, before anything is written, and once in each of DF01 to DF04.
    EXPECT_EQ(std::count(labels.begin(), labels.end(), "verify the default PIN"), 5);
    auto const verify = std::find(labels.begin(), labels.end(), "verify the default PIN");
    EXPECT_EQ(*(verify - 1), "ask how often the PIN may still be tried");
    EXPECT_LT(verify, std::find(labels.begin(), labels.end(), "authenticate UKSSSE"));
}

TEST(DataPlan, AFileBehindPinAndKeyTakesBoth) {
    PersonRecord const person = record_of(zhang_san_everywhere());
    auto const labels = labels_of(data_steps(order_for(kind_2_00, person)));
    EXPECT_EQ(std::count(labels.begin(), labels.end(), "authenticate RK1DF04"), 1);
}

TEST(DataPlan, TheHoldersPinIsSetWithPukBeforeItIsUsed) {
    PersonRecord const person = record_of(zhang_san_everywhere());
    DataOrder order = order_for(kind_2_00, person);
    order.sets_holder_pin = true;
    auto const labels = labels_of(data_steps(order));
    auto const set = std::find(labels.begin(), labels.end(), "set the holder's PIN");
    ASSERT_NE(set, labels.end());
    EXPECT_EQ(*(set - 1), "authenticate PUK");
    EXPECT_LT(set, std::find(labels.begin(), labels.end(), "verify the holder's PIN"));
    EXPECT_EQ(std::count(labels.begin(), labels.end(), "verify the default PIN"), 0);
    EXPECT_EQ(std::count(labels.begin(), labels.end(), "ask how often the PIN may still be tried"),
              0);
}

TEST(DataPlan, AFreshCardIsNotAskedWhetherItIsBlank) {
    PersonRecord const person = record_of(zhang_san_everywhere());
    DataOrder order = order_for(kind_3_00, person);
    order.is_fresh = true;
    for (std::string const& label : labels_of(data_steps(order))) {
        EXPECT_EQ(label.find("nobody's data"), std::string::npos);
        EXPECT_EQ(label.find("ask how often"), std::string::npos);
    }
}

TEST(DataPlan, NewestOfACyclicFileIsWrittenLast) {
    PersonRecord const person = record_of(zhang_san_everywhere());
    std::vector<std::uint8_t> last;
    for (Step const& step : data_steps(order_for(kind_2_00, person))) {
        if (auto const* const append = std::get_if<AppendRecord>(&step.action)) {
            last = append->bytes;
        }
    }
    ASSERT_GE(last.size(), 7U);
    EXPECT_EQ(std::string(last.begin(), last.begin() + 7), "2020101");
}

TEST(DataPlan, RewritingSetsBackWhatTheRecordLeavesOut) {
    PersonRecord const person = record_of(zhang_san);
    DataOrder order = order_for(kind_2_00, person);
    order.rewrites = true;
    order.sets_holder_pin = true;
    std::size_t written = 0;
    for (PlacedContent const& placed : placed_content(order)) {
        EXPECT_FALSE(placed.content.records.empty() && placed.content.binary.empty());
        ++written;
    }
    std::size_t writable = 0;
    for (auto const& directory : apdu::layout_of(order.version).directories) {
        for (auto const& file : directory.files) {
            writable += !file.is_internal && file.write.rule != apdu::AccessRule::never ? 1 : 0;
        }
    }
    EXPECT_EQ(written, writable);
    auto const labels = labels_of(data_steps(order));
    EXPECT_EQ(std::count(labels.begin(), labels.end(), "write card id (SSSE/EF05)"), 0);
    EXPECT_EQ(std::count(labels.begin(), labels.end(), "write name extension (SSSE/EF06)"), 1);
}

TEST(DataPlan, NamesEveryKeyThatItTakes) {
    PersonRecord const person = record_of(zhang_san);
    std::vector<std::string> names;
    for (keys::KeyReference const key : keys_of(data_steps(order_for(kind_3_00, person)))) {
        names.emplace_back(apdu::to_text(key.name));
    }
    EXPECT_EQ(names, (std::vector<std::string>{"IRK", "RKSSSE", "UKSSSE"}));
}

} // namespace
} // namespace personalization
