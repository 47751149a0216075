#include "tests/host/virtual/card_bench.hpp"

#include "host/virtual/key_levels.hpp"

#include "apdu/card_layout.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace virtual_card {
namespace {

using apdu::Directory;
using apdu::KeyName;

TEST(MakeBlank, GivesUnpersonalizedItems) {
    Bench card{plan_2(), blank(plan_2())};
    card.select(Directory::ssse);
    EXPECT_EQ(card.ask("00B2022C00"), "0201009000") << "card class";
    EXPECT_EQ(card.ask("00B2052C00"), "0504FFFFFFFF9000") << "issue date";
    EXPECT_EQ(card.ask("00B20B3000"), "0B01FF9000") << "ethnic group";
    EXPECT_EQ(card.ask("00B20C3000"), "0C03FFFFFF9000") << "birth place";
    EXPECT_EQ(card.ask("00B2083000"), "0812" + std::string(36, '0') + "9000");
}

TEST(MakeBlank, WritesWhatBelongsToTheCardItself) {
    Bench card{plan_3(), blank(plan_3())};
    card.select(Directory::ssse);
    EXPECT_EQ(card.ask("00B2032C00"), "0304332E30309000");
    EXPECT_EQ(card.ask("00B2042C00"), "040C9156000002"
                                      "639900"
                                      "639900"
                                      "01"
                                      "9000");
    std::string const card_id = card.ask("00B2012C00");
    EXPECT_EQ(card_id.substr(0, 28), "0110"
                                     "639900D156000005"
                                     "00BF7C7A");
    std::array<std::uint8_t, 12> const first{0x63, 0x99, 0x00, 0xD1, 0x56, 0x00,
                                             0x00, 0x05, 0x00, 0xBF, 0x7C, 0x7A};
    auto const code = card.keys().card_id_authentication(card.identity(), first);
    EXPECT_EQ(card_id.substr(28), hex_of(code.value()) + "9000");
}

TEST(MakeBlank, HasEveryDirectoryAndFileOfTheTables) {
    for (auto const version :
         {apdu::SpecVersion::v1_00, apdu::SpecVersion::v2_00, apdu::SpecVersion::v3_00}) {
        CardPlan const plan = plan_of(version, keys::Algorithm::des3);
        Bench card{plan, blank(plan)};
        for (apdu::DedicatedFile const& directory : apdu::layout_of(version).directories) {
            EXPECT_EQ(card.select(directory.directory).substr(0, 2), "6F");
            for (apdu::ElementaryFile const& file : directory.files) {
                std::string const fid = hex_of(std::array{static_cast<std::uint8_t>(file.fid >> 8U),
                                                          static_cast<std::uint8_t>(file.fid)});
                EXPECT_EQ(card.select_fid(fid), file.is_internal ? card.select_fid(fid) : "9000")
                    << file.name;
            }
        }
    }
}

TEST(MakeBlank, LevelsAreAsAgreed) {
    EXPECT_EQ(level_of(KeyName::irk), 0x11);
    EXPECT_EQ(level_of(KeyName::stk_ssse), 0x22);
    EXPECT_EQ(level_of(KeyName::uk_ssse), 0x33);
    EXPECT_EQ(level_of(KeyName::bk), 0x44);
    EXPECT_EQ(level_of(KeyName::puk), 0x55);
    EXPECT_EQ(level_of(KeyName::rk_ssse), 0x66);
    EXPECT_EQ(pin_level(), 0x77);
    EXPECT_EQ(level_of(KeyName::lk_df06), level_never) << "no known id";
    EXPECT_EQ(lock_level(Directory::ssse), 0x44);
    EXPECT_EQ(lock_level(Directory::df03), level_of(KeyName::lk_df03));
    EXPECT_EQ(lock_level(Directory::df01), level_free);
}

TEST(MakeBlank, TellsWhichKeysItDoesNotHave) {
    std::vector<keys::MasterKey> few;
    std::array<std::uint8_t, 16> const value{1, 2, 3, 4, 5, 6, 7, 8, 9};
    few.push_back(
        {KeyName::irk, 1, keys::Tier::ministry, keys::CardKey{keys::CipherKind::des3, value}});
    auto const made = make_blank(plan_2(), {few, true});
    ASSERT_TRUE(made.ok());
    auto const& missing = made.value().missing_keys;
    EXPECT_NE(std::find(missing.begin(), missing.end(), "PUK"), missing.end());
    EXPECT_NE(std::find(missing.begin(), missing.end(), "IRK version 2"), missing.end());
    EXPECT_EQ(std::find(missing.begin(), missing.end(), "IRK version 1"), missing.end());
}

TEST(MakeBlank, NeedsIrkAndSoundNumbers) {
    EXPECT_FALSE(make_blank(plan_2(), {{}, true}).ok());
    CardPlan plan = plan_2();
    plan.pin = "123";
    plan.pin_tries = 15;
    plan.key_tries = 0;
    plan.algorithm = keys::Algorithm::ssf33;
    EXPECT_EQ(make_blank(plan, test_masters()).error().size(), 4U);
}

TEST(MakeBare, NeedsATransportKey) {
    EXPECT_EQ(make_bare(plan_2(), {{}, true}).error().size(), 1U);
    EXPECT_EQ(bare(plan_2()).directories.size(), 0U);
    EXPECT_EQ(bare(plan_3()).transport_key.value.size(), 16U);
}

} // namespace
} // namespace virtual_card
