#include "host/personalization/directory_keys.hpp"

#include <gtest/gtest.h>

namespace personalization {
namespace {

using apdu::Directory;
using apdu::KeyName;

std::string told(std::vector<LeveledKey> const& keys) {
    std::string text;
    for (LeveledKey const& key : keys) {
        text += std::string{apdu::to_text(key.name)} + ":" + std::to_string(key.level / 0x11) +
                "x" + std::to_string(key.groups) + " ";
    }
    return text;
}

TEST(DirectoryKeys, SsseHasSixKeysByTheirIdsAndThenThePin) {
    EXPECT_EQ(told(keys_of(Directory::ssse)),
              "IRK:1x3 STKSSSE:2x1 UKSSSE:3x3 BK:4x1 PUK:5x1 RKSSSE:6x3 ");
    EXPECT_EQ(pin_level(), 0x77U);
}

TEST(DirectoryKeys, EveryLevelIsANibbleDoubledAndBelowTheReservedOnes) {
    for (std::size_t i = 0; i < apdu::directory_count; ++i) {
        for (LeveledKey const& key : keys_of(static_cast<Directory>(i))) {
            EXPECT_EQ(key.level >> 4U, key.level & 0x0FU);
            EXPECT_GE(key.level, 0x11U);
            EXPECT_LE(key.level, 0xEEU);
        }
    }
}

TEST(DirectoryKeys, Df04HasTheKeysOfMedicalTransactions) {
    EXPECT_EQ(told(keys_of(Directory::df04)),
              "DLK:1x3 DPK:2x3 DTK:3x3 STKDF04:4x1 LKDF04:5x1 RK1DF04:6x3 UK1DF04:7x3 UK2DF04:8x3 "
              "DSK:9x3 ");
}

TEST(DirectoryKeys, AKeyWithoutAKnownIdIsLeftOut) {
    EXPECT_EQ(told(keys_of(Directory::df06)), "STKDF06:1x1 RK1DF06:2x3 UK1DF06:3x3 UK2DF06:4x3 ");
}

TEST(DirectoryKeys, TheMfHasNoKeyButItsMk) { EXPECT_TRUE(keys_of(Directory::mf).empty()); }

TEST(DirectoryKeys, ADirectoryIsBlockedByItsLockKey) {
    EXPECT_EQ(lock_level(Directory::ssse, t514()), level_of(KeyName::bk));
    EXPECT_EQ(lock_level(Directory::df03, t514()), level_of(KeyName::lk_df03));
    EXPECT_EQ(lock_level(Directory::df04, t514()), level_of(KeyName::lk_df04));
    EXPECT_EQ(lock_level(Directory::df01, t514()), 0x00U);
    EXPECT_EQ(lock_level(Directory::df06, t514()), 0x00U); // LKDF06 has no known id
}

} // namespace
} // namespace personalization
