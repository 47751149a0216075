#include "apdu/code_tables.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace apdu {
namespace {

constexpr auto last_table = CodeTable::settlement_class;

std::string codes_in_a_line(CodeTable table) {
    std::string codes;
    for (CodeRow const& row : code_rows(table)) {
        codes += (codes.empty() ? "" : " ") + std::string{row.code};
    }
    return codes;
}

// card.md §1.12 and, for the card's class, use and medical records, §1.5 and §1.9.
TEST(CodeTables, CodesAreTheStandards) {
    EXPECT_EQ(codes_in_a_line(CodeTable::none), "");
    EXPECT_EQ(codes_in_a_line(CodeTable::card_class), "1 2 3 4");
    EXPECT_EQ(codes_in_a_line(CodeTable::sex), "1 2 9");
    EXPECT_EQ(codes_in_a_line(CodeTable::ethnic_group),
              "01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 "
              "29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 "
              "99");
    EXPECT_EQ(codes_in_a_line(CodeTable::household_class),
              "10 11 12 20 21 22 30 31 32 33 34 40 41 42 50 51 52");
    EXPECT_EQ(codes_in_a_line(CodeTable::employment_state), "1 2 3 4 5 6 7 8");
    EXPECT_EQ(codes_in_a_line(CodeTable::marital_state), "1 2 3 4 9");
    EXPECT_EQ(codes_in_a_line(CodeTable::person_class),
              "11 12 13 17 21 24 27 31 37 51 54 70 80 90");
    EXPECT_EQ(codes_in_a_line(CodeTable::political_status),
              "01 02 03 04 05 06 07 08 09 10 11 12 13");
    EXPECT_EQ(codes_in_a_line(CodeTable::education), "11 14 21 31 41 44 47 61 71 81 90");
    EXPECT_EQ(codes_in_a_line(CodeTable::pension_kind), "110 120 150 160 170");
    EXPECT_EQ(codes_in_a_line(CodeTable::insurance_kind),
              "110 120 150 160 170 210 310 340 360 380 390 391 410 510");
    EXPECT_EQ(codes_in_a_line(CodeTable::medical_person_class), "11 21 22 31 32 33 34 91");
    EXPECT_EQ(codes_in_a_line(CodeTable::disability_grade), "01 02 03 04 05 06 07 08 09 10 11");
    EXPECT_EQ(codes_in_a_line(CodeTable::dependant_relation), "1 2 4 5 6 7");
    EXPECT_EQ(codes_in_a_line(CodeTable::registration_kind), "10 20");
    EXPECT_EQ(codes_in_a_line(CodeTable::employment_form), "010 020 021 022 023 030 990");
    EXPECT_EQ(codes_in_a_line(CodeTable::assistance_kind), "010 020 030 040 050 060 070 990");
    EXPECT_EQ(codes_in_a_line(CodeTable::policy_kind), "010 020 030 040 050 060 070 080 990");
    EXPECT_EQ(codes_in_a_line(CodeTable::placement_kind), "1 2 3 9");
    EXPECT_EQ(codes_in_a_line(CodeTable::card_use), "1 2");
    EXPECT_EQ(codes_in_a_line(CodeTable::transaction_kind), "1 2");
    EXPECT_EQ(codes_in_a_line(CodeTable::settlement_class), "1 2 3 9");
}

TEST(CodeTables, RegistrationKindAndFormIsEachKindWithEachForm) {
    std::string all;
    for (CodeRow const& kind : code_rows(CodeTable::registration_kind)) {
        for (CodeRow const& form : code_rows(CodeTable::employment_form)) {
            all += (all.empty() ? "" : " ") + std::string{kind.code} + std::string{form.code};
        }
    }
    EXPECT_EQ(codes_in_a_line(CodeTable::registration_kind_and_form), all);
}

TEST(CodeTables, EveryPensionKindIsAnInsuranceKindOfTheSameMeaning) {
    for (CodeRow const& row : code_rows(CodeTable::pension_kind)) {
        EXPECT_EQ(code_meaning(CodeTable::insurance_kind, row.code).zh, row.meaning.zh);
    }
}

TEST(CodeTables, NoCodeStandsTwiceAndEachIsFound) {
    for (int i = 0; i <= static_cast<int>(last_table); ++i) {
        auto const table = static_cast<CodeTable>(i);
        std::set<std::string_view> codes;
        for (CodeRow const& row : code_rows(table)) {
            EXPECT_TRUE(codes.insert(row.code).second) << i << ": " << row.code;
            EXPECT_TRUE(has_code(table, row.code)) << i << ": " << row.code;
            EXPECT_EQ(code_meaning(table, row.code).en, row.meaning.en);
        }
    }
}

TEST(CodeTables, AMeaningIsToldInBothLanguagesOrInNone) {
    for (int i = 0; i <= static_cast<int>(last_table); ++i) {
        for (CodeRow const& row : code_rows(static_cast<CodeTable>(i))) {
            EXPECT_EQ(row.meaning.en.empty(), row.meaning.zh.empty()) << i << ": " << row.code;
        }
    }
}

TEST(CodeTables, MeaningsAreTheStandards) {
    EXPECT_EQ(code_meaning(CodeTable::sex, "2").zh, "女");
    EXPECT_EQ(code_meaning(CodeTable::ethnic_group, "01").zh, "汉族");
    EXPECT_EQ(code_meaning(CodeTable::ethnic_group, "05").en, "Uyghur");
    EXPECT_EQ(code_meaning(CodeTable::ethnic_group, "99").zh, "其他");
    EXPECT_EQ(code_meaning(CodeTable::education, "21").zh, "本科");
    EXPECT_EQ(code_meaning(CodeTable::insurance_kind, "310").zh, "职工医保");
}

TEST(CodeTables, WhatIsNoCodeHasNoMeaning) {
    EXPECT_FALSE(has_code(CodeTable::sex, "3"));
    EXPECT_FALSE(has_code(CodeTable::sex, ""));
    EXPECT_FALSE(has_code(CodeTable::none, "1"));
    EXPECT_TRUE(code_meaning(CodeTable::sex, "3").en.empty());
    EXPECT_TRUE(code_meaning(CodeTable::person_class, "11").zh.empty());
}

} // namespace
} // namespace apdu
