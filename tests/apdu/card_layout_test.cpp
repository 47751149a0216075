#include "apdu/card_layout.hpp"

#include "tests/apdu/hex_bytes.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace apdu {
namespace {

constexpr SpecVersion versions[] = {SpecVersion::v1_00, SpecVersion::v2_00, SpecVersion::v3_00};

CardLayout const& layout_2_00() { return layout_of(SpecVersion::v2_00); }
CardLayout const& layout_3_00() { return layout_of(SpecVersion::v3_00); }

ElementaryFile const& file_of(CardLayout const& layout, std::string_view name_or_path) {
    auto const place = find_file(layout, name_or_path);
    EXPECT_TRUE(place.has_value()) << name_or_path;
    return *place.value().file;
}

std::vector<std::string> names_of(std::span<Item const> items) {
    std::vector<std::string> names;
    for (Item const& item : items) {
        names.emplace_back(item.name);
    }
    return names;
}

TEST(CardLayout, EveryVersionHasItsOwnTable) {
    for (SpecVersion const version : versions) {
        EXPECT_EQ(layout_of(version).version, version);
    }
}

TEST(CardLayout, AFileIsFoundByItsName) {
    auto const place = find_file(layout_2_00(), "residence");
    ASSERT_TRUE(place.has_value());
    EXPECT_EQ(place->directory->directory, Directory::df01);
    EXPECT_EQ(place->file->fid, 0xEF06);
}

TEST(CardLayout, AFileIsFoundByItsPathWithAndWithoutSlash) {
    EXPECT_EQ(file_of(layout_2_00(), "DF01/EF06").name, "residence");
    EXPECT_EQ(file_of(layout_2_00(), "DF01EF06").name, "residence");
    EXPECT_EQ(file_of(layout_2_00(), "SSSE/EF05").name, "issuer_data");
    EXPECT_EQ(file_of(layout_2_00(), "SSSEEF05").name, "issuer_data");
}

TEST(CardLayout, TheCaseOfLettersIsNotLookedAt) {
    EXPECT_EQ(file_of(layout_2_00(), "df01/ef0a").name, "nationality");
    EXPECT_EQ(file_of(layout_2_00(), "ssseEF05").name, "issuer_data");
    EXPECT_EQ(file_of(layout_2_00(), "Residence").fid, 0xEF06);
}

TEST(CardLayout, WhatIsNoFileIsNotFound) {
    for (char const* const text : {"", "nothing", "DF01", "DF01/", "/EF06", "DF01/EF99", "DF01EF0",
                                   "DF01//EF06", "DF01/EF060", "DF99/EF05", "DF01-EF06"}) {
        EXPECT_FALSE(find_file(layout_2_00(), text).has_value()) << text;
    }
}

TEST(CardLayout, EveryPathAndEveryNameLeadsBackToItsFile) {
    for (SpecVersion const version : versions) {
        CardLayout const& layout = layout_of(version);
        for (DedicatedFile const& directory : layout.directories) {
            for (ElementaryFile const& file : directory.files) {
                FilePath const path = path_of({&directory, &file});
                EXPECT_EQ(find_file(layout, path.view()).value().file, &file) << path.view();
                EXPECT_EQ(find_file(layout, file.name).value().file, &file) << file.name;
            }
        }
    }
}

TEST(CardLayout, ADirectoryIsFoundWhereTheVersionHasIt) {
    EXPECT_EQ(find_directory(layout_2_00(), Directory::df07)->fid, 0xDF07);
    EXPECT_EQ(find_directory(layout_of(SpecVersion::v1_00), Directory::df07), nullptr);
    EXPECT_EQ(find_directory(layout_2_00(), Directory::mf), nullptr);
}

TEST(CardLayout, NamesAndAidsAreTheStandards) {
    auto const name_of = [](Directory directory) {
        return copy_of(find_directory(layout_3_00(), directory)->name);
    };
    EXPECT_EQ(name_of(Directory::ssse), bytes("7378312E73682EC9E7BBE1B1A3D5CF"));
    EXPECT_EQ(name_of(Directory::df01), bytes("D15600000500"));
    EXPECT_EQ(name_of(Directory::df02), bytes("D15600000501"));
    EXPECT_EQ(name_of(Directory::df03), bytes("D15600000502"));
    EXPECT_EQ(name_of(Directory::df04), bytes("D15600000503"));
    EXPECT_EQ(name_of(Directory::df05), bytes(""));
    EXPECT_EQ(name_of(Directory::df06), bytes(""));
    EXPECT_EQ(name_of(Directory::df07), bytes("D15600000504"));
}

TEST(CardLayout, TheSfiIsTheLowFiveBitsOfTheFid) {
    EXPECT_EQ(file_of(layout_2_00(), "DF01/EF05").sfi(), 0x05);
    EXPECT_EQ(file_of(layout_2_00(), "DF01/EF0A").sfi(), 0x0A);
    EXPECT_EQ(file_of(layout_2_00(), "DF01/EF1A").sfi(), 0x1A);
    EXPECT_EQ(file_of(layout_2_00(), "DF03/EF15").sfi(), 0x15);
}

TEST(CardLayout, TheHoldersDataAreFreeUpTo2Of00AndBehindAReadKeyOn3Of00) {
    for (SpecVersion const version : {SpecVersion::v1_00, SpecVersion::v2_00}) {
        EXPECT_EQ(file_of(layout_of(version), "holder_basic_data").read.rule, AccessRule::free);
    }
    Access const read = file_of(layout_3_00(), "holder_basic_data").read;
    EXPECT_EQ(read.rule, AccessRule::key);
    EXPECT_EQ(read.key, KeyName::rk_ssse);
}

TEST(CardLayout, Versions2Of00And3Of00DifferOnlyInTheHoldersData) {
    for (DedicatedFile const& directory : layout_2_00().directories) {
        for (ElementaryFile const& file : directory.files) {
            FilePath const path = path_of({&directory, &file});
            ElementaryFile const& other = file_of(layout_3_00(), path.view());
            EXPECT_EQ(other.name, file.name);
            EXPECT_EQ(other.type, file.type);
            EXPECT_EQ(other.items.data(), file.items.data()) << path.view();
            bool const same_read =
                other.read.rule == file.read.rule && other.read.key == file.read.key;
            EXPECT_EQ(same_read, file.name != "holder_basic_data") << path.view();
        }
    }
}

TEST(CardLayout, Version1Of00HasNoPhotoNoNameExtensionAndAFreeFingerprint) {
    CardLayout const& layout = layout_of(SpecVersion::v1_00);
    EXPECT_FALSE(find_file(layout, "photo").has_value());
    EXPECT_EQ(file_of(layout, "fingerprint").read.rule, AccessRule::free);
    EXPECT_EQ(names_of(file_of(layout, "holder_basic_data").items),
              (std::vector<std::string>{"social_security_number", "name", "sex", "ethnic_group",
                                        "birth_place", "birth_date"}));
}

TEST(CardLayout, HolderItemsStandInTheOrderOfTheirRecords) {
    EXPECT_EQ(names_of(file_of(layout_2_00(), "holder_basic_data").items),
              (std::vector<std::string>{"social_security_number", "name", "name_extension", "sex",
                                        "ethnic_group", "birth_place", "birth_date"}));
}

TEST(CardLayout, UnemploymentRegistrationDateStandsInExactlyOneFile) {
    std::set<std::string> files;
    for (DedicatedFile const& directory : layout_2_00().directories) {
        for (ElementaryFile const& file : directory.files) {
            for (Item const& item : file.items) {
                if (item.tag == 0x60) {
                    files.emplace(path_of({&directory, &file}).view());
                }
            }
        }
    }
    EXPECT_EQ(files, std::set<std::string>{"DF02/EF06"});
}

TEST(CardLayout, RecordsAreOneForEachOccurrence) {
    EXPECT_EQ(record_count(file_of(layout_2_00(), "issuer_data")), 7U);
    EXPECT_EQ(record_count(file_of(layout_2_00(), "education")), 4U);
    EXPECT_EQ(record_count(file_of(layout_2_00(), "employment_assistance")), 6U);
    EXPECT_EQ(record_count(file_of(layout_2_00(), "insurance_certificates")), 4U);
    EXPECT_EQ(record_count(file_of(layout_2_00(), "medical_transactions")), 30U);
    EXPECT_EQ(record_count(file_of(layout_2_00(), "photo")), 0U);
}

TEST(CardLayout, RecordsSizeCountsTagAndLengthOfEach) {
    EXPECT_EQ(records_size(file_of(layout_2_00(), "issuer_data")),
              0x10U + 1 + 4 + 0xC + 4 + 4 + 9 + 14);
    EXPECT_EQ(records_size(file_of(layout_2_00(), "education")), 3U + 3 * (0x34 + 2));
    EXPECT_EQ(records_size(file_of(layout_2_00(), "insurance_certificates")), 4U * (0x27 + 2));
    EXPECT_EQ(records_size(file_of(layout_2_00(), "medical_transactions")), 0U);
    EXPECT_EQ(records_size(file_of(layout_2_00(), "photo")), 0U);
}

TEST(CardLayout, TheMedicalAmountsAreTheCardsOwnAndNobodyElses) {
    ElementaryFile const& file = file_of(layout_2_00(), "medical_amounts");
    EXPECT_TRUE(file.is_internal);
    EXPECT_TRUE(file.is_assumed);
    EXPECT_EQ(file.read.rule, AccessRule::never);
    EXPECT_EQ(file.write.rule, AccessRule::never);
}

TEST(CardLayout, EveryKeyOfAnAccessRuleIsOfTheFilesDirectory) {
    for (DedicatedFile const& directory : layout_3_00().directories) {
        for (ElementaryFile const& file : directory.files) {
            for (Access const access : {file.read, file.write}) {
                bool const has_key = access.rule == AccessRule::key ||
                                     access.rule == AccessRule::pin_or_key ||
                                     access.rule == AccessRule::pin_and_key;
                if (has_key) {
                    EXPECT_EQ(directory_of(access.key), directory.directory) << file.name;
                }
            }
        }
    }
}

} // namespace
} // namespace apdu
