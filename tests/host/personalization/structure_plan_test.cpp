#include "tests/host/personalization/golden_transcript.hpp"
#include "tests/host/personalization/office.hpp"

#include "tests/apdu/hex_bytes.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace personalization {
namespace {

Plan structure_plan(CardKind kind) {
    Office office{bare_chip(kind)};
    auto plan = make_structure_plan(request_for(Stage::structure, kind), card_plan(kind).historical,
                                    office.keys());
    if (!plan.ok()) {
        throw std::runtime_error{plan.error().detail};
    }
    return std::move(plan).value();
}

class StructurePlan : public testing::TestWithParam<CardKind> {};

INSTANTIATE_TEST_SUITE_P(Plan, StructurePlan, testing::Values(kind_2_00, kind_3_00),
                         [](auto const& test) { return std::string{test.param.name}; });

TEST_P(StructurePlan, IsTheGoldenTranscript) {
    std::string const transcript = transcript_of(structure_plan(GetParam()));
    std::string const name = "t514_structure_" + std::string{GetParam().name} + ".apdu";
    EXPECT_EQ(golden_transcript(name, transcript), transcript);
}

TEST_P(StructurePlan, CarriedOutGivesTheBlankThatTheVirtualCardIsMadeAs) {
    // Two implementations of cos-t514.md, made apart from each other.
    Office office{bare_chip(GetParam())};
    ASSERT_TRUE(office.personalize(request_for(Stage::structure, GetParam())).ok());
    virtual_card::CardMemory expected = blank(GetParam());
    virtual_card::CardMemory made = office.memory();
    ASSERT_EQ(made.directories.size(), expected.directories.size());
    for (std::size_t i = 0; i < made.directories.size(); ++i) {
        auto& own = made.directories[i];
        auto& other = expected.directories[i];
        // In which order files and keys were made does not matter; nor does how "without limit" is
        // told.
        for (auto* const directory : {&own, &other}) {
            std::sort(directory->files.begin(), directory->files.end(),
                      [](auto const& a, auto const& b) { return a.fid < b.fid; });
            std::sort(directory->keys.begin(), directory->keys.end(),
                      [](auto const& a, auto const& b) {
                          return std::tuple{a.type, a.id, a.version} <
                                 std::tuple{b.type, b.id, b.version};
                      });
            for (auto& key : directory->keys) {
                if (!key.tries.counts()) {
                    key.tries = {0, 0};
                }
            }
        }
        ASSERT_EQ(own.files.size(), other.files.size()) << i;
        for (std::size_t j = 0; j < own.files.size(); ++j) {
            EXPECT_EQ(own.files[j], other.files[j]) << std::hex << own.files[j].fid;
        }
        EXPECT_EQ(own.keys, other.keys) << i;
        EXPECT_EQ(own, other) << i;
    }
}

std::string commands_of(Plan const& plan, std::string_view label) {
    std::string commands;
    for (PlanLine const& line : describe(plan)) {
        if (line.label.en == label) {
            commands += line.command + "\n";
        }
    }
    return commands;
}

// By hand from cos-t514.md §3.

TEST(StructurePlan2_00, TheMfIsCreatedWithAnEmptyName) {
    // 00, lock level 00, create 00, delete FF, algorithm 01, 3F00, 01, 00, 01, FCI SFI 1D, 0000,
    // SF SFI 1C, 0000.
    EXPECT_EQ(commands_of(structure_plan(kind_2_00), "create MF"),
              "80 E0 01 00 10 00 00 00 FF 01 3F 00 01 00 01 1D 00 00 1C 00 00\n");
}

TEST(StructurePlan2_00, SsseIsCreatedUnderItsNameWithTheLevelOfBk) {
    // Lc = 10h + 15; level of BK 44; TF SFI 1B.
    EXPECT_EQ(commands_of(structure_plan(kind_2_00), "create SSSE"),
              "80 E0 01 00 1F 00 44 00 FF 01 DD F1 01 00 00 1D 00 00 1C 00 1B "
              "73 78 31 2E 73 68 2E C9 E7 BB E1 B1 A3 D5 CF\n");
}

TEST(StructurePlan2_00, AnApplicationIsCreatedUnderItsAidWithTheLevelOfItsLk) {
    Plan const plan = structure_plan(kind_2_00);
    EXPECT_EQ(commands_of(plan, "create DF03"),
              "80 E0 01 00 16 00 22 00 FF 01 DF 03 02 00 00 00 00 00 00 00 00 D1 56 00 00 05 02\n");
    EXPECT_EQ(commands_of(plan, "create DF05"), // without an AID
              "80 E0 01 00 10 00 00 00 FF 01 DF 05 02 00 00 00 00 00 00 00 00\n");
}

TEST(StructurePlan2_00, KeysAreWrittenUnderTheTemporaryMkWithALengthByteBefore) {
    Plan const plan = structure_plan(kind_2_00);
    // 8 bytes: LD 10, header 8, key 8, padded to 24, MAC 4: Lc 1C. 16 bytes: LD 18, 32, MAC: 24.
    EXPECT_EQ(commands_of(plan, "load STKSSSE"),
              "00 84 00 00 04\n84 D4 00 00 1C <10 07 02 01 EF FF 01 22 08 STKSSSE 1, encrypted by "
              "TMK 1> <MAC>\n");
    EXPECT_EQ(commands_of(plan, "load UKSSSE version 2"),
              "00 84 00 00 04\n84 D4 00 00 24 <18 0D 04 02 EF 33 00 33 10 UKSSSE 2, encrypted by "
              "TMK 1> <MAC>\n");
    EXPECT_EQ(commands_of(plan, "load MKSSSE"),
              "00 84 00 00 04\n84 D4 01 00 24 <18 00 00 01 EF 33 00 FF 10 MKSSSE 1, encrypted by "
              "TMK 1> <MAC>\n");
}

TEST(StructurePlan2_00, ThePinNamesTheLevelOfPukAndSixTries) {
    EXPECT_EQ(commands_of(structure_plan(kind_2_00), "load the default PIN"),
              "00 84 00 00 04\n84 D4 00 00 24 <18 01 00 01 EF 66 55 77 03 default PIN, encrypted "
              "by TMK 1> <MAC>\n");
}

TEST(StructurePlan2_00, TheFciOfSsseNamesDir) {
    // 70 1B, DDF1, 18, 6F 16, 84 0F name, A5 03 88 01 1E: 6F1C… of card.md §1.2 without 9F0C.
    EXPECT_EQ(commands_of(structure_plan(kind_2_00), "enter in FCI: SSSE"),
              "00 D2 01 1D 1D 70 1B DD F1 18 6F 16 84 0F 73 78 31 2E 73 68 2E C9 E7 BB E1 B1 A3 D5 "
              "CF A5 03 88 01 1E\n");
}

TEST(StructurePlan3_00, TheFciOfSsseNamesTheAlgorithmToo) {
    EXPECT_EQ(commands_of(structure_plan(kind_3_00), "enter in FCI: SSSE"),
              "00 D2 01 1D 23 70 21 DD F1 1E 6F 1C 84 0F 73 78 31 2E 73 68 2E C9 E7 BB E1 B1 A3 D5 "
              "CF A5 09 88 01 1E 9F 0C 03 86 01 03\n");
}

TEST(StructurePlan3_00, DirectoriesAndKeysHaveTheAlgorithmOfSm4) {
    Plan const plan = structure_plan(kind_3_00);
    EXPECT_EQ(commands_of(plan, "create MF"),
              "80 E0 01 00 10 00 00 00 FF 03 3F 00 01 00 01 1D 00 00 1C 00 00\n");
    EXPECT_EQ(commands_of(plan, "load STKSSSE"), // 16 bytes on SM4
              "00 84 00 00 04\n84 D4 00 00 24 <18 07 02 01 EF FF 03 22 10 STKSSSE 1, encrypted by "
              "TMK 1> <MAC>\n");
}

TEST(StructurePlan2_00, TheIssuersFileGetsCardIdVersionAndBody) {
    Plan const plan = structure_plan(kind_2_00);
    EXPECT_EQ(commands_of(plan, "write the first form of card id (SSSE/EF05)").substr(0, 54),
              "00 DC 01 04 12 01 10 63 99 00 D1 56 00 00 05 00 BF 7C ");
    EXPECT_EQ(commands_of(plan, "write the first form of spec version (SSSE/EF05)"),
              "00 DC 03 04 06 03 04 32 2E 30 30\n");
    // 9156000002, region of issue, region of the body, sequence.
    EXPECT_EQ(commands_of(plan, "write the first form of initialising body (SSSE/EF05)"),
              "00 DC 04 04 0E 04 0C 91 56 00 00 02 63 99 00 63 99 00 01\n");
    EXPECT_EQ(commands_of(plan, "write the first form of issue date (SSSE/EF05)"),
              "00 DC 05 04 06 05 04 FF FF FF FF\n");
    EXPECT_EQ(commands_of(plan, "write the first form of card class (SSSE/EF05)"),
              "00 DC 02 04 03 02 01 00\n");
}

TEST(StructurePlan2_00, TransparentFilesAreClearedInPiecesOf80) {
    std::string const commands = commands_of(structure_plan(kind_2_00), "clear photo (SSSE/EF08)");
    EXPECT_EQ(std::count(commands.begin(), commands.end(), '\n'), 0x1000 / 0x80);
    EXPECT_EQ(commands.substr(0, 20), "00 D6 00 00 80 00 00");
}

TEST(StructurePlan2_00, MedicalTransactionsStayEmptyForTheCardToWrite) {
    EXPECT_EQ(commands_of(structure_plan(kind_2_00),
                          "write the first form of medical transactions (DF04/EF08)"),
              "");
}

TEST(StructurePlan2_00, OtherHistoricalBytesAreSetBeforeTheMfAndProvedAnew) {
    auto request = request_for(Stage::structure, kind_2_00);
    request.reset_info = "00814E4323869715990000000001";
    Office office{bare_chip(kind_2_00)};
    auto const plan = make_structure_plan(request, card_plan(kind_2_00).historical, office.keys());
    ASSERT_FALSE(plan.ok()); // 28 digits
    request.reset_info = "00814E43238697159900000001";
    auto const right = make_structure_plan(request, card_plan(kind_2_00).historical, office.keys());
    ASSERT_TRUE(right.ok());
    auto const lines = describe(right.value());
    std::vector<std::string> first;
    for (std::size_t i = 0; i < 7; ++i) {
        first.push_back(lines[i].command);
    }
    EXPECT_EQ(first, (std::vector<std::string>{
                         "<reset>", "80 E0 03 00 08 <proof of TK>",
                         "80 E0 05 00 08 00 00 15 99 00 00 00 01",
                         "00 14 00 00 0B 3B 6D 00 00 00 81 4E 43 23 86 97", "<reset>",
                         "80 E0 03 00 08 <proof of TK>",
                         "80 E0 01 00 10 00 00 00 FF 01 3F 00 01 00 01 1D 00 00 1C 00 00"}));
}

TEST(StructurePlan2_00, HoldsNoSecret) {
    // The test keys, each as the transcript would show it.
    std::string const transcript = transcript_of(structure_plan(kind_2_00));
    EXPECT_EQ(transcript.find("12 34 56"), std::string::npos);
    EXPECT_EQ(transcript.find("62 79 F9 EA"), std::string::npos); // IRK of the test keys
}

} // namespace
} // namespace personalization
