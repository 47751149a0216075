#include "tests/host/virtual/card_bench.hpp"

#include "apdu/card_layout.hpp"
#include "keys/key_table.hpp"

#include "tests/sanitized.hpp"

#include <gtest/gtest.h>

namespace virtual_card {
namespace {

using apdu::Directory;
using apdu::KeyName;

std::string text_of(keys::Challenge const& value) { return hex_of(value); }

/// EXTERNAL AUTHENTICATE with data that nobody's key gives, over two challenges.
std::string authenticate_wrongly(Bench& card, keys::KeyReference key) {
    auto const original = card.challenge();
    card.challenge();
    std::string const p2 = hex_of(std::array{keys::key_row(key.name).card_id.value()});
    return card.send("008200" + p2 + "110000000000000000" + text_of(original) +
                     hex_of(std::array{key.version}));
}

TEST(GetChallenge, GivesFourEightOrSixteenBytes) {
    Bench card{plan_3(), blank(plan_3())};
    EXPECT_EQ(card.send("0084000004").size(), 2 * (4 + 2));
    EXPECT_EQ(card.send("0084000008").size(), 2 * (8 + 2));
    EXPECT_EQ(card.send("0084000010").size(), 2 * (16 + 2));
    EXPECT_EQ(card.send("0084000005"), "6C08");
    EXPECT_EQ(card.send("0084000000"), "6C08");
    EXPECT_EQ(card.send("0084000108"), "6A86");
    EXPECT_NE(card.send("0084000008"), card.send("0084000008"));
}

TEST(GetChallenge, WorksOnABareChip) {
    Bench card{plan_2(), bare(plan_2())};
    EXPECT_EQ(card.send("0084000008").size(), 2 * (8 + 2));
}

class InternalAuthentication : public testing::TestWithParam<keys::Algorithm> {
public:
    CardPlan plan = plan_of(apdu::SpecVersion::v2_00, GetParam());
    Bench card{plan, blank(plan)};

    std::string expected(std::uint8_t version) {
        auto const answer =
            card.keys().internal_answer(card.identity(), version, process, original);
        return hex_of(answer.value()) + "9000";
    }
    keys::Challenge process{1, 2, 3, 4, 5, 6, 7, 8};
    keys::Challenge original{8, 7, 6, 5, 4, 3, 2, 1};
};

INSTANTIATE_TEST_SUITE_P(Each, InternalAuthentication,
                         testing::Values(keys::Algorithm::des3, keys::Algorithm::sm4));

TEST_P(InternalAuthentication, ProvesTheCardByItsIrk) {
    card.select(Directory::ssse);
    EXPECT_EQ(card.send("0088000010" + text_of(process) + text_of(original)), "6108");
    EXPECT_EQ(card.send("00C0000008"), expected(1));
}

TEST_P(InternalAuthentication, TakesAKeyVersion) {
    card.select(Directory::df04);
    for (std::uint8_t version = 1; version <= 3; ++version) {
        EXPECT_EQ(card.ask("0088000011" + text_of(process) + text_of(original) +
                           hex_of(std::array{version})),
                  expected(version));
    }
    EXPECT_EQ(card.ask("0088000011" + text_of(process) + text_of(original) + "04"), "6A88");
}

TEST_P(InternalAuthentication, RefusesOtherForms) {
    card.select(Directory::ssse);
    EXPECT_EQ(card.ask("008800000F" + text_of(process) + text_of(original).substr(2)), "6700");
    EXPECT_EQ(card.ask("0088000110" + text_of(process) + text_of(original)), "6A86");
    card.select(Directory::mf);
    EXPECT_EQ(card.ask("0088000010" + text_of(process) + text_of(original)), "6A88");
}

class ExternalAuthentication : public testing::Test {
public:
    void SetUp() override { card.select(Directory::ssse); }
    std::string proof(keys::Challenge const& process, keys::Challenge const& original) {
        auto const data = card.keys().external_authentication(card.identity(), {KeyName::uk_ssse},
                                                              process, original);
        return hex_of(data.value()) + hex_of(original);
    }
    Bench card{plan_2(), blank(plan_2())};
};

TEST_F(ExternalAuthentication, IsOverTheFirstAndTheLastOfTwoChallenges) {
    auto const first = card.challenge();
    auto const last = card.challenge();
    EXPECT_EQ(card.send("0082000410" + proof(last, first)), "9000");
}

TEST_F(ExternalAuthentication, IsNotOverThemTheOtherWayRound) {
    auto const first = card.challenge();
    auto const last = card.challenge();
    EXPECT_EQ(card.send("0082000410" + proof(first, last)), "63C2");
}

TEST_F(ExternalAuthentication, TakesTheLastTwoOfThreeChallenges) {
    card.challenge();
    auto const second = card.challenge();
    auto const third = card.challenge();
    EXPECT_EQ(card.send("0082000410" + proof(third, second)), "9000");
}

TEST_F(ExternalAuthentication, RefusesAnOriginalThatIsNotTheCards) {
    auto const first = card.challenge();
    auto const last = card.challenge();
    keys::Challenge own = first;
    own[0] ^= 1U;
    EXPECT_EQ(card.send("0082000410" + proof(last, own)), "63C2");
}

TEST_F(ExternalAuthentication, NeedsBothChallengesJustBefore) {
    auto const only = card.challenge();
    EXPECT_EQ(card.send("0082000410" + proof(only, only)), "6985");
    auto const first = card.challenge();
    auto const last = card.challenge();
    card.ask("00B2032C00");
    EXPECT_EQ(card.send("0082000410" + proof(last, first)), "6985") << "good for one command only";
    EXPECT_EQ(card.send("0082000410" + proof(last, first)), "6985");
    EXPECT_EQ(card.authenticate({KeyName::uk_ssse}), "9000") << "none of it was a wrong try";
}

TEST_F(ExternalAuthentication, UsesItsChallengesUp) {
    auto const first = card.challenge();
    auto const last = card.challenge();
    std::string const command = "0082000410" + proof(last, first);
    EXPECT_EQ(card.send(command), "9000");
    EXPECT_EQ(card.send(command), "6985");
}

TEST_F(ExternalAuthentication, IsNotSpentByARepeatedGetChallenge) {
    auto const first = card.challenge();
    EXPECT_EQ(card.send("0084000000"), "6C08") << "did not happen";
    auto const last = card.challenge();
    EXPECT_EQ(card.send("0082000410" + proof(last, first)), "9000");
}

TEST_F(ExternalAuthentication, RefusesOtherForms) {
    EXPECT_EQ(card.send("008200040F" + std::string(30, '0')), "6700");
    EXPECT_EQ(card.send("0082010410" + std::string(32, '0')), "6A86");
    EXPECT_EQ(card.send("0082000710" + std::string(32, '0')), "6A88") << "no such key";
    EXPECT_EQ(card.send("0082000210" + std::string(32, '0')), "6A88") << "STK proves no terminal";
    EXPECT_EQ(card.send("0082008310" + std::string(32, '0')), "6A88") << "a key of no application";
}

TEST_F(ExternalAuthentication, WithAKeyOfTheEnvironmentWorksInAnApplication) {
    card.select(Directory::df01);
    EXPECT_EQ(card.authenticate({KeyName::uk_ssse}), "9000");
}

TEST_F(ExternalAuthentication, WithTheMkIsOverOneChallenge) {
    EXPECT_EQ(card.authenticate_mk(KeyName::mk_ssse), "9000");
    EXPECT_EQ(card.authenticate_mk(KeyName::mk_mf), "63C2") << "of another directory";
    card.select(Directory::df04);
    EXPECT_EQ(card.authenticate_mk(KeyName::mk_df04), "9000");
    card.select(Directory::mf);
    EXPECT_EQ(card.authenticate_mk(KeyName::mk_mf), "9000");
}

struct KeyOnCard {
    KeyName name;
    std::uint8_t versions;
};

/// Every key that proves a terminal on a 2.00 card.
std::vector<KeyOnCard> all_keys() {
    std::vector<KeyOnCard> found;
    auto const& layout = apdu::layout_of(apdu::SpecVersion::v2_00);
    for (keys::KeyRow const& row : keys::key_table()) {
        auto const directory = apdu::directory_of(row.name);
        if (row.t514_type == KeyType::external_authentication && row.card_id &&
            apdu::find_directory(layout, directory) != nullptr) {
            found.push_back({row.name, row.groups});
        }
    }
    return found;
}

class EachKey : public testing::TestWithParam<keys::Algorithm> {
public:
    CardPlan plan = plan_of(apdu::SpecVersion::v2_00, GetParam());
    CardMemory memory = blank(plan);
};

INSTANTIATE_TEST_SUITE_P(Each, EachKey,
                         testing::Values(keys::Algorithm::des3, keys::Algorithm::sm4));

TEST_P(EachKey, ProvesTheTerminalInEachOfItsVersions) {
    ASSERT_GT(all_keys().size(), 40U);
    Bench card{plan, memory};
    for (KeyOnCard const key : all_keys()) {
        card.select(apdu::directory_of(key.name));
        EXPECT_EQ(card.authenticate({key.name}), "9000") << apdu::to_text(key.name);
        for (std::uint8_t version = 1; version <= key.versions; ++version) {
            EXPECT_EQ(card.authenticate({key.name, version}, true), "9000")
                << apdu::to_text(key.name) << " version " << int{version};
        }
        auto const beyond = static_cast<std::uint8_t>(key.versions + 1);
        EXPECT_EQ(authenticate_wrongly(card, {key.name, beyond}), "6A88");
    }
}

bool is_mac_key(KeyName name) {
    return name == KeyName::bk || name == KeyName::lk_df03 || name == KeyName::lk_df04;
}

// ASSUMED counters: card.md §3.2.
TEST_P(EachKey, IsLockedByThreeWrongTriesVersionByVersion) {
    auto const keys = all_keys();
    for (std::size_t i = 0; i < keys.size(); i += point_distance) {
        KeyOnCard const key = keys[i];
        if (is_mac_key(key.name)) {
            continue;
        }
        for (std::uint8_t version = 1; version <= key.versions; ++version) {
            SCOPED_TRACE(std::string{apdu::to_text(key.name)} + " version " +
                         std::to_string(version));
            Bench card{plan, memory};
            card.select(apdu::directory_of(key.name));
            EXPECT_EQ(authenticate_wrongly(card, {key.name, version}), "63C2");
            EXPECT_EQ(authenticate_wrongly(card, {key.name, version}), "63C1");
            EXPECT_EQ(card.authenticate({key.name, version}, true), "9000");
            for (char const* const status : {"63C2", "63C1", "63C0", "6983", "6983"}) {
                EXPECT_EQ(authenticate_wrongly(card, {key.name, version}), status);
            }
            EXPECT_EQ(card.authenticate({key.name, version}, true), "6983") << "even rightly";
            for (std::uint8_t other = 1; other <= key.versions; ++other) {
                if (other != version) {
                    EXPECT_EQ(card.authenticate({key.name, other}, true), "9000");
                }
            }
        }
    }
}

TEST_P(EachKey, ThatOnlyMakesMacsIsNeverLocked) {
    Bench card{plan, memory};
    for (KeyName const name : {KeyName::bk, KeyName::lk_df03, KeyName::lk_df04}) {
        card.select(apdu::directory_of(name));
        for (int i = 0; i < 20; ++i) {
            ASSERT_EQ(authenticate_wrongly(card, {name}), "63CF");
        }
        EXPECT_EQ(card.authenticate({name}), "9000");
    }
}

} // namespace
} // namespace virtual_card
