#include "tests/host/store/store_office.hpp"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

namespace store {
namespace {

using personalization::Making;
using personalization::Stage;

class CardRegisterTest : public testing::Test {
public:
    CardRegister& cards() { return office.cards(); }

    static Beginning of(Making making, bool replaces = false) {
        return {.making = std::move(making), .replaces = replaces};
    }
    /// A live card.
    void give(std::uint8_t chip, std::string_view person, bool replaces = false) {
        Beginning const beginning = of(making_for(chip, person), replaces);
        ASSERT_EQ(code_of(cards().begin(beginning)), "ok");
        ASSERT_EQ(code_of(cards().finish(beginning)), "ok");
    }
    std::size_t count(CardFilter const& filter) { return cards().list(filter).value().size(); }

    StoreOffice office{};
};

TEST_F(CardRegisterTest, TellsAllOfACardInMaking) {
    Beginning beginning = of(making_for(1, zhang_san));
    beginning.making.wanted = chip_bytes(2);
    beginning.making.test_keys = true;
    beginning.batch = "2026-07";
    ASSERT_EQ(code_of(cards().begin(beginning)), "ok");
    auto const found = cards().find(chip_text(1)).value();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->chip, chip_text(1));
    EXPECT_EQ(found->reset_info, chip_text(2));
    EXPECT_EQ(found->card_id, beginning.making.card_id);
    EXPECT_EQ(found->card_number, beginning.making.record.card_number);
    EXPECT_EQ(found->person, zhang_san);
    EXPECT_EQ(found->version, apdu::SpecVersion::v3_00);
    EXPECT_EQ(found->algorithm, keys::Algorithm::sm4);
    EXPECT_EQ(found->region, "639900");
    EXPECT_EQ(found->stage, Stage::both);
    EXPECT_EQ(found->state, CardState::in_making);
    EXPECT_TRUE(found->test_keys);
    EXPECT_EQ(found->batch, "2026-07");
    EXPECT_EQ(found->began_at, office.now);
    EXPECT_EQ(found->made_at, "");
}

TEST_F(CardRegisterTest, AMadeCardIsLiveAndItsBeginningIsKept) {
    Beginning const beginning = of(making_for(1, zhang_san));
    ASSERT_EQ(code_of(cards().begin(beginning)), "ok");
    office.now = "2026-07-01T08:31:00Z";
    ASSERT_EQ(code_of(cards().finish(beginning)), "ok");
    auto const card = office.entry_of(1);
    EXPECT_EQ(card->state, CardState::live);
    EXPECT_EQ(card->began_at, "2026-07-01T08:30:00Z");
    EXPECT_EQ(card->made_at, "2026-07-01T08:31:00Z");
    EXPECT_EQ(count({}), 1U);
}

TEST_F(CardRegisterTest, NobodyIsGivenTwoCards) {
    give(1, zhang_san);
    auto const second = cards().begin(of(making_for(2, zhang_san)));
    ASSERT_EQ(code_of(second), "person_has_card");
    EXPECT_EQ(second.error().detail, making_for(1, zhang_san).record.card_number);
    EXPECT_EQ(code_of(cards().begin(of(making_for(2, li_si)))), "ok");
}

TEST_F(CardRegisterTest, NorWhileTheFirstIsInMaking) {
    ASSERT_EQ(code_of(cards().begin(of(making_for(1, zhang_san)))), "ok");
    EXPECT_EQ(code_of(cards().begin(of(making_for(2, zhang_san)))), "person_has_card");
    EXPECT_EQ(code_of(cards().begin(of(making_for(1, li_si)))), "card_in_making");
}

TEST_F(CardRegisterTest, OfManyLanesAtOnceOneMakesThePersonsCard) {
    std::atomic<int> begun{0};
    std::vector<std::thread> lanes;
    for (std::uint8_t chip = 1; chip <= 8; ++chip) {
        lanes.emplace_back([this, chip, &begun] {
            begun += cards().begin(of(making_for(chip, zhang_san))).ok() ? 1 : 0;
        });
    }
    for (std::thread& lane : lanes) {
        lane.join();
    }
    EXPECT_EQ(begun, 1);
}

TEST_F(CardRegisterTest, BlanksAreNobodys) {
    for (std::uint8_t chip = 1; chip <= 3; ++chip) {
        Making making = making_for(chip, "");
        making.stage = Stage::structure;
        ASSERT_EQ(code_of(cards().begin(of(making))), "ok");
        ASSERT_EQ(code_of(cards().finish(of(making))), "ok");
        EXPECT_EQ(office.state_of(chip), CardState::blank);
    }
}

TEST_F(CardRegisterTest, ABlankThatBecomesACardIsOneEntry) {
    Making structure = making_for(1, "");
    structure.stage = Stage::structure;
    ASSERT_EQ(code_of(cards().begin(of(structure))), "ok");
    ASSERT_EQ(code_of(cards().finish(of(structure))), "ok");
    Making data = making_for(1, zhang_san);
    data.stage = Stage::data;
    ASSERT_EQ(code_of(cards().begin(of(data))), "ok");
    EXPECT_EQ(office.state_of(1), CardState::in_making);
    ASSERT_EQ(code_of(cards().finish(of(data))), "ok");
    EXPECT_EQ(office.state_of(1), CardState::live);
    EXPECT_EQ(count({}), 1U);
}

TEST_F(CardRegisterTest, TheOldCardIsVoidOnlyWhenItsReplacementIsMade) {
    give(1, zhang_san);
    Beginning const second = of(making_for(2, zhang_san), true);
    ASSERT_EQ(code_of(cards().begin(second)), "ok");
    EXPECT_EQ(office.state_of(1), CardState::live);
    ASSERT_EQ(code_of(cards().finish(second)), "ok");
    EXPECT_EQ(office.state_of(2), CardState::live);
    auto const old = office.entry_of(1);
    EXPECT_EQ(old->state, CardState::voided);
    EXPECT_EQ(old->reason, reason_replaced);
    EXPECT_EQ(old->replaced_by, chip_text(2));
    EXPECT_EQ(old->voided_at, office.now);
}

TEST_F(CardRegisterTest, TheOldCardStaysWhenItsReplacementIsSpoiled) {
    give(1, zhang_san);
    ASSERT_EQ(code_of(cards().begin(of(making_for(2, zhang_san), true))), "ok");
    ASSERT_EQ(code_of(cards().void_card(chip_text(2), "card_mute")), "ok");
    EXPECT_EQ(office.state_of(1), CardState::live);
    EXPECT_EQ(office.state_of(2), CardState::voided);
}

TEST_F(CardRegisterTest, AMakingThatAReplacementOvertookIsVoid) {
    Beginning const first = of(making_for(1, zhang_san));
    ASSERT_EQ(code_of(cards().begin(first)), "ok");
    give(2, zhang_san, true);
    EXPECT_EQ(office.state_of(1), CardState::voided);
    EXPECT_EQ(code_of(cards().finish(first)), "card_voided");
    EXPECT_EQ(office.state_of(2), CardState::live);
}

TEST_F(CardRegisterTest, ACardMadeAnewIsNoSecondCard) {
    give(1, zhang_san);
    Beginning anew = of(making_for(1, zhang_san));
    anew.making.rewrites = true;
    anew.making.stage = Stage::data;
    ASSERT_EQ(code_of(cards().begin(anew)), "ok");
    ASSERT_EQ(code_of(cards().finish(anew)), "ok");
    EXPECT_EQ(office.state_of(1), CardState::live);
    EXPECT_EQ(count({.person = std::string{zhang_san}, .state = CardState::live}), 1U);
    auto const before = cards().list({.state = CardState::voided}).value();
    ASSERT_EQ(before.size(), 1U);
    EXPECT_EQ(before.front().reason, reason_rewritten);
}

TEST_F(CardRegisterTest, ACardWhoseRewritingFailedIsVoidForWhoeverHadIt) {
    give(1, zhang_san);
    Beginning anew = of(making_for(1, li_si));
    anew.making.rewrites = true;
    ASSERT_EQ(code_of(cards().begin(anew)), "ok");
    ASSERT_EQ(code_of(cards().void_card(chip_text(1), "verification_failed")), "ok");
    EXPECT_EQ(count({.state = CardState::voided}), 2U);
    EXPECT_EQ(count({.state = CardState::live}), 0U);
}

TEST_F(CardRegisterTest, AVoidCardKeepsItsFirstReason) {
    give(1, zhang_san);
    ASSERT_EQ(code_of(cards().void_card(chip_text(1), "lost")), "ok");
    ASSERT_EQ(code_of(cards().void_card(chip_text(1), "again")), "ok");
    EXPECT_EQ(office.entry_of(1)->reason, "lost");
    EXPECT_EQ(count({}), 1U);
    EXPECT_EQ(code_of(cards().begin(of(making_for(2, zhang_san)))), "ok");
}

TEST_F(CardRegisterTest, ACardThatItNeverKnewCanBeVoid) {
    ASSERT_EQ(code_of(cards().void_card(chip_text(7), "half_made")), "ok");
    auto const card = office.entry_of(7);
    ASSERT_TRUE(card);
    EXPECT_EQ(card->state, CardState::voided);
    EXPECT_EQ(card->version, std::nullopt);
    EXPECT_EQ(card->stage, std::nullopt);
}

TEST_F(CardRegisterTest, FinishingTwiceChangesNothing) {
    give(1, zhang_san);
    auto const before = office.entry_of(1);
    office.now = "2027-01-01T00:00:00Z";
    ASSERT_EQ(code_of(cards().finish(of(making_for(1, zhang_san)))), "ok");
    EXPECT_EQ(office.entry_of(1)->made_at, before->made_at);
    EXPECT_EQ(count({}), 1U);
}

TEST_F(CardRegisterTest, IsListedByEachOfItsFilters) {
    give(1, zhang_san);
    office.now = "2026-07-02T08:30:00Z";
    Beginning second = of(making_for(2, li_si));
    second.batch = "2026-07";
    ASSERT_EQ(code_of(cards().begin(second)), "ok");
    EXPECT_EQ(count({}), 2U);
    EXPECT_EQ(count({.chip = chip_text(1)}), 1U);
    EXPECT_EQ(count({.person = std::string{li_si}}), 1U);
    EXPECT_EQ(count({.card_number = making_for(1, "").record.card_number}), 1U);
    EXPECT_EQ(count({.batch = "2026-07"}), 1U);
    EXPECT_EQ(count({.state = CardState::in_making}), 1U);
    EXPECT_EQ(count({.since = "2026-07-02"}), 1U);
    EXPECT_EQ(count({.person = std::string{li_si}, .state = CardState::live}), 0U);
    EXPECT_EQ(count({.limit = 1}), 1U);
    EXPECT_EQ(cards().list({.limit = 1}).value().front().person, li_si) << "the newest first";
}

TEST_F(CardRegisterTest, SpoiledIsWhatNeverBecameAPersonsCard) {
    give(1, zhang_san);
    ASSERT_EQ(code_of(cards().void_card(chip_text(1), "lost")), "ok");
    ASSERT_EQ(code_of(cards().begin(of(making_for(2, li_si)))), "ok");
    ASSERT_EQ(code_of(cards().void_card(chip_text(2), "card_mute")), "ok");
    Making blank = making_for(3, "");
    blank.stage = Stage::structure;
    ASSERT_EQ(code_of(cards().begin(of(blank))), "ok");
    ASSERT_EQ(code_of(cards().finish(of(blank))), "ok");
    ASSERT_EQ(code_of(cards().void_card(chip_text(3), "scratched")), "ok");
    auto const spoiled = cards().list({.spoiled = true}).value();
    ASSERT_EQ(spoiled.size(), 2U);
    EXPECT_EQ(spoiled.at(0).reason, "scratched");
    EXPECT_EQ(spoiled.at(1).reason, "card_mute");
}

TEST_F(CardRegisterTest, TextThatLooksLikeSqlIsText) {
    std::string const reason = "'); DROP TABLE card; -- 张三 \" :reason";
    ASSERT_EQ(code_of(cards().void_card(chip_text(1), reason)), "ok");
    EXPECT_EQ(office.entry_of(1)->reason, reason);
}

TEST_F(CardRegisterTest, OutlivesTheProgram) {
    give(1, zhang_san);
    office.open();
    EXPECT_EQ(office.state_of(1), CardState::live);
}

TEST_F(CardRegisterTest, IsReadableByItsOwnerAlone) {
    give(1, zhang_san);
    for (char const* const suffix : {"", "-wal", "-shm", ".lock"}) {
        struct stat status {};
        ASSERT_EQ(::stat((office.register_file().string() + suffix).c_str(), &status), 0);
        EXPECT_EQ(status.st_mode & 0777U, 0600U) << suffix;
    }
}

TEST_F(CardRegisterTest, BelongsToOneProcess) {
    pid_t const other = ::fork();
    if (other == 0) {
        auto const second = CardRegister::open(office.register_file());
        bool const is_told = !second.ok() && code_of(second) == "journal_failed" &&
                             second.error().detail.find("process " + std::to_string(::getppid())) !=
                                 std::string::npos;
        ::_exit(is_told ? 0 : 1);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(other, &status, 0), other);
    EXPECT_EQ(status, 0);
}

TEST_F(CardRegisterTest, WhatIsNoDatabaseIsRefused) {
    office.close();
    write_content(office.register_file(), std::string(4096, 'x'));
    EXPECT_EQ(code_of(CardRegister::open(office.register_file())), "journal_failed");
    office.close();
}

TEST_F(CardRegisterTest, ARegisterOfANewerProgramIsRefused) {
    office.close();
    // user_version is 4 bytes at offset 60 of an SQLite file.
    std::string database = content_of_file(office.register_file());
    ASSERT_GT(database.size(), 64U);
    database.at(62) = 1;
    write_content(office.register_file(), database);
    auto const refused = CardRegister::open(office.register_file());
    ASSERT_EQ(code_of(refused), "journal_failed");
    EXPECT_NE(refused.error().detail.find("newer"), std::string::npos) << refused.error().detail;
}

} // namespace
} // namespace store
