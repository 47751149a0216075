#include "apdu/key_name.hpp"

#include <gtest/gtest.h>

#include <string_view>
#include <vector>

namespace apdu {
namespace {

std::vector<KeyName> all_key_names() {
    std::vector<KeyName> names;
    for (std::size_t i = 0; i < key_name_count; ++i) {
        names.push_back(static_cast<KeyName>(i));
    }
    return names;
}

TEST(KeyName, TransportKeyIsTheLastOfTheCount) {
    EXPECT_EQ(static_cast<std::size_t>(KeyName::transport_key) + 1, key_name_count);
}

TEST(KeyName, EverySpellingLeadsBackToItsKey) {
    for (KeyName const name : all_key_names()) {
        EXPECT_FALSE(to_text(name).empty());
        EXPECT_EQ(key_name_from_text(to_text(name)), name) << to_text(name);
    }
}

TEST(KeyName, SpellingsAreTheStandards) {
    EXPECT_EQ(to_text(KeyName::irk), "IRK");
    EXPECT_EQ(to_text(KeyName::stk_ssse), "STKSSSE");
    EXPECT_EQ(to_text(KeyName::uk1_df01), "UK1DF01");
    EXPECT_EQ(to_text(KeyName::uka_df01), "UKADF01");
    EXPECT_EQ(to_text(KeyName::rk2_df03), "RK2DF03");
    EXPECT_EQ(to_text(KeyName::lk_df06), "LKDF06");
    EXPECT_EQ(to_text(KeyName::dpk), "DPK");
    EXPECT_EQ(to_text(KeyName::mk_df04), "MKDF04");
    EXPECT_EQ(to_text(KeyName::temporary_mk), "TMK");
    EXPECT_EQ(to_text(KeyName::transport_key), "TK");
}

TEST(KeyName, AnUnknownSpellingIsNoKey) {
    EXPECT_FALSE(key_name_from_text(""));
    EXPECT_FALSE(key_name_from_text("irk"));
    EXPECT_FALSE(key_name_from_text("UK9DF02"));
    EXPECT_FALSE(key_name_from_text("UKSSSE "));
}

TEST(KeyName, AKeyWhoseSpellingNamesADirectoryStandsThere) {
    struct Suffix {
        std::string_view text;
        Directory directory;
    };
    for (Suffix const suffix : {Suffix{"SSSE", Directory::ssse}, Suffix{"DF01", Directory::df01},
                                Suffix{"DF02", Directory::df02}, Suffix{"DF03", Directory::df03},
                                Suffix{"DF04", Directory::df04}, Suffix{"DF05", Directory::df05},
                                Suffix{"DF06", Directory::df06}, Suffix{"DF07", Directory::df07}}) {
        for (KeyName const name : all_key_names()) {
            if (to_text(name).ends_with(suffix.text)) {
                EXPECT_EQ(directory_of(name), suffix.directory) << to_text(name);
            }
        }
    }
}

TEST(KeyName, KeysWithoutADirectoryInTheirSpellingHaveOne) {
    EXPECT_EQ(directory_of(KeyName::irk), Directory::ssse);
    EXPECT_EQ(directory_of(KeyName::puk), Directory::ssse);
    EXPECT_EQ(directory_of(KeyName::bk), Directory::ssse);
    for (KeyName const name : {KeyName::dsk, KeyName::dlk, KeyName::dpk, KeyName::dtk}) {
        EXPECT_EQ(directory_of(name), Directory::df04);
    }
}

TEST(KeyName, TransportKeyAndTemporaryMkCountAsTheMfs) {
    EXPECT_EQ(directory_of(KeyName::transport_key), Directory::mf);
    EXPECT_EQ(directory_of(KeyName::temporary_mk), Directory::mf);
}

TEST(KeyName, EveryDirectoryHasItsOwnMk) {
    for (std::size_t i = 0; i < directory_count; ++i) {
        auto const directory = static_cast<Directory>(i);
        EXPECT_EQ(directory_of(mk_of(directory)), directory);
        EXPECT_TRUE(to_text(mk_of(directory)).starts_with("MK"));
    }
    EXPECT_EQ(mk_of(Directory::mf), KeyName::mk_mf);
    EXPECT_EQ(mk_of(Directory::df07), KeyName::mk_df07);
}

} // namespace
} // namespace apdu
