#include "keys/key_table.hpp"

#include <gtest/gtest.h>

namespace keys {
namespace {

using apdu::Directory;
using apdu::KeyName;

TEST(KeyTable, HasARowForEveryKeyUnderItsName) {
    EXPECT_EQ(key_table().size(), apdu::key_name_count);
    for (KeyRow const& row : key_table()) {
        EXPECT_EQ(&key_row(row.name), &row) << apdu::to_text(row.name);
    }
}

TEST(KeyTable, TellsWhereUkssseIsOnTheCardInAPsamAndInAnHsm) {
    KeyRow const& row = key_row(KeyName::uk_ssse);
    EXPECT_EQ(row.card_id, 0x04);
    EXPECT_EQ(row.psam->id, 0x12);
    EXPECT_EQ(row.psam->usage, 0x28);
    EXPECT_EQ(row.hsm_address, 0x0094);
    EXPECT_EQ(row.groups, 3);
    EXPECT_EQ(row.t514_type, T514KeyType::external_authentication);
    EXPECT_EQ(row.assumed, Assumed::psam_usage);
}

TEST(KeyTable, KeepsTheRootsAndUsageBytesOfTheStandardsCrossTable) {
    EXPECT_EQ(key_row(KeyName::irk).root, KeyRoot::national_level_1);
    EXPECT_EQ(key_row(KeyName::irk).psam->usage, 0x67);
    EXPECT_EQ(key_row(KeyName::stk_ssse).root, KeyRoot::national_level_3);
    EXPECT_EQ(key_row(KeyName::stk_ssse).psam->usage, 0x26);
    EXPECT_EQ(key_row(KeyName::uk3_df01).psam->usage, 0x27);
    EXPECT_EQ(key_row(KeyName::rk2_df03).psam->usage, 0x67);
    EXPECT_EQ(key_row(KeyName::puk).root, KeyRoot::local);
}

TEST(KeyTable, UsageBytesTakeTheProvincesNumberOfDispersals) {
    EXPECT_EQ(usage_with(key_row(KeyName::puk).psam->usage, 2), 0x48);
    EXPECT_EQ(usage_with(key_row(KeyName::uk3_df01).psam->usage, 2), 0x47);
    EXPECT_EQ(usage_with(key_row(KeyName::stk_ssse).psam->usage, 1), 0x26);
    EXPECT_EQ(usage_with(0x67, 0), 0x07);
}

TEST(KeyTable, LooksUpASpecificKeyInTheCurrentDirectory) {
    EXPECT_EQ(key_of_p2(Directory::df01, 0x83), KeyName::uk1_df01);
    EXPECT_EQ(key_of_p2(Directory::df03, 0x84), KeyName::rk1_df03);
    EXPECT_EQ(key_of_p2(Directory::df04, 0x84), KeyName::rk1_df04);
    EXPECT_EQ(key_of_p2(Directory::df04, 0x87), KeyName::dsk);
    EXPECT_EQ(key_of_p2(Directory::df06, 0x83), KeyName::rk1_df06);
}

TEST(KeyTable, LooksUpAGlobalKeyFromEveryDirectory) {
    EXPECT_EQ(key_of_p2(Directory::ssse, 0x04), KeyName::uk_ssse);
    EXPECT_EQ(key_of_p2(Directory::df01, 0x06), KeyName::puk);
    EXPECT_EQ(key_of_p2(Directory::df07, 0x0A), KeyName::rk_ssse);
}

TEST(KeyTable, P2ZeroIsTheDirectorysMk) {
    EXPECT_EQ(key_of_p2(Directory::mf, 0x00), KeyName::mk_mf);
    EXPECT_EQ(key_of_p2(Directory::ssse, 0x00), KeyName::mk_ssse);
    EXPECT_EQ(key_of_p2(Directory::df04, 0x00), KeyName::mk_df04);
}

TEST(KeyTable, AnIdThatNoKeyHasIsNothing) {
    EXPECT_FALSE(key_of_p2(Directory::ssse, 0x03));
    EXPECT_FALSE(key_of_p2(Directory::ssse, 0x83));
    EXPECT_FALSE(key_of_p2(Directory::df01, 0x8F));
    EXPECT_FALSE(key_of_p2(Directory::df05, 0x84));
    EXPECT_FALSE(key_of_p2(Directory::mf, 0x82));
}

TEST(KeyTable, EveryKeyWithAnIdIsFoundByItAndNoIdIsThereTwice) {
    for (KeyRow const& row : key_table()) {
        if (!row.card_id || *row.card_id == 0x00) {
            continue;
        }
        EXPECT_EQ(key_of_p2(apdu::directory_of(row.name), *row.card_id), row.name)
            << apdu::to_text(row.name);
    }
}

TEST(KeyTable, SizesAre16BytesButForTheStksOfA3DesCard) {
    EXPECT_EQ(standard_key_size(KeyName::stk_ssse, Algorithm::des3), 8);
    EXPECT_EQ(standard_key_size(KeyName::stk_df07, Algorithm::des3), 8);
    EXPECT_EQ(standard_key_size(KeyName::stk_ssse, Algorithm::sm4), 16);
    EXPECT_EQ(standard_key_size(KeyName::irk, Algorithm::des3), 16);
    EXPECT_EQ(standard_key_size(KeyName::mk_ssse, Algorithm::des3), 16);
}

TEST(KeyTable, GroupsStandAtConsecutiveHsmAddresses) {
    EXPECT_EQ(hsm_address_of({KeyName::irk, 1}), 0x0170);
    EXPECT_EQ(hsm_address_of({KeyName::irk, 3}), 0x0172);
    EXPECT_EQ(hsm_address_of({KeyName::puk, 1}), 0x0090);
    EXPECT_FALSE(hsm_address_of({KeyName::puk, 2}));
    EXPECT_FALSE(hsm_address_of({KeyName::irk, 0}));
    EXPECT_FALSE(hsm_address_of({KeyName::irk, 4}));
}

TEST(KeyTable, EachDpkVersionHasItsOwnHsmAddress) {
    EXPECT_EQ(hsm_address_of({KeyName::dpk, 1}), 0x017F);
    EXPECT_EQ(hsm_address_of({KeyName::dpk, 2}), 0x0199);
    EXPECT_EQ(hsm_address_of({KeyName::dpk, 3}), 0x019C);
}

TEST(KeyTable, KeysWithoutAKnownHsmAddressHaveNone) {
    EXPECT_FALSE(hsm_address_of({KeyName::rk1_df06, 1}));
    EXPECT_FALSE(hsm_address_of({KeyName::mk_ssse, 1}));
}

} // namespace
} // namespace keys
