#include "tests/host/store/store_office.hpp"

#include <thread>

namespace store {
namespace {

using personalization::Milestone;
using personalization::Stage;

class CardMakingsTest : public testing::Test {
public:
    CardMakings& makings() { return office.makings(); }

    std::unique_ptr<personalization::MakingJournal> begin(personalization::Making const& making) {
        auto begun = makings().begin(making, false);
        apdu::require(begun.ok());
        return std::move(begun).value();
    }
    /// What would be gone on with; require: found without a fault.
    std::optional<personalization::OpenMaking> found(std::uint8_t chip) {
        return makings().find(chip_bytes(chip)).value();
    }
    /// Changes one byte of a line of the journal, from 1.
    void spoil_line(std::uint8_t chip, int line) {
        std::string text = content_of_file(office.journal(chip));
        std::size_t at = 0;
        for (int i = 1; i < line; ++i) {
            at = text.find('\n', at) + 1;
        }
        text.at(at + 3) = '#';
        write_content(office.journal(chip), text);
    }

    StoreOffice office{};
};

TEST_F(CardMakingsTest, AChipThatWasNeverBegunHasNone) { EXPECT_FALSE(found(1)); }

TEST_F(CardMakingsTest, AMakingIsFoundAsItWasBegun) {
    begin(making_for(1, zhang_san));
    auto const making = found(1);
    ASSERT_TRUE(making);
    EXPECT_EQ(making->making, making_for(1, zhang_san));
    EXPECT_EQ(making->reached, Milestone::begun);
    EXPECT_FALSE(making->is_damaged);
    EXPECT_FALSE(found(2));
}

TEST_F(CardMakingsTest, AMakingIsFoundByTheBytesThatItGivesTheChip) {
    auto making = making_for(1, zhang_san);
    making.wanted = chip_bytes(2);
    begin(making);
    EXPECT_EQ(found(1)->making, making);
    EXPECT_EQ(found(2)->making, making);
    EXPECT_EQ(code_of(makings().go_on(chip_bytes(2)).value()->reach(Milestone::made)), "ok");
    EXPECT_EQ(office.state_of(2), CardState::live);
    EXPECT_FALSE(found(1));
    EXPECT_FALSE(found(2));
}

TEST_F(CardMakingsTest, AMakingIsGoneOnWithAfterTheProgramEnded) {
    auto journal = begin(making_for(1, zhang_san));
    ASSERT_EQ(code_of(journal->ahead(command_ahead(1))), "ok");
    ASSERT_EQ(code_of(journal->reach(Milestone::structure_made)), "ok");
    journal.reset();
    office.open();
    EXPECT_EQ(makings().recovery().open, std::vector{chip_text(1)});
    EXPECT_EQ(found(1)->reached, Milestone::structure_made);
    journal = makings().go_on(chip_bytes(1)).value();
    ASSERT_EQ(code_of(journal->ahead(command_ahead(1))), "ok");
    ASSERT_EQ(code_of(journal->reach(Milestone::made)), "ok");
    EXPECT_EQ(office.state_of(1), CardState::live);
    EXPECT_FALSE(std::filesystem::exists(office.journal(1)));
}

TEST_F(CardMakingsTest, ACorrectedRecordIsKnownToJournalAndRegisterFromThenOn) {
    auto journal = begin(making_for(1, zhang_san));
    ASSERT_EQ(code_of(journal->ahead(command_ahead(1))), "ok");
    ASSERT_EQ(code_of(journal->reach(Milestone::structure_made)), "ok");
    auto corrected = making_for(1, zhang_san);
    corrected.earlier_records = {corrected.record};
    corrected.record = {"fedcba9876543210", "A00000011"};
    ASSERT_EQ(code_of(journal->amend(corrected)), "ok");
    EXPECT_EQ(office.entry_of(1)->card_number, "A00000011");
    ASSERT_EQ(code_of(journal->ahead(command_ahead(2))), "ok");
    journal.reset();
    office.open();
    EXPECT_EQ(found(1)->making, corrected);
    EXPECT_EQ(found(1)->reached, Milestone::structure_made);
    EXPECT_FALSE(found(1)->is_damaged);
    ASSERT_EQ(code_of(makings().go_on(chip_bytes(1)).value()->reach(Milestone::made)), "ok");
    EXPECT_EQ(office.entry_of(1)->card_number, "A00000011");
    EXPECT_EQ(office.state_of(1), CardState::live);
}

TEST_F(CardMakingsTest, ARegisterThatMissedACorrectedRecordLearnsIt) {
    auto journal = begin(making_for(1, zhang_san));
    auto corrected = making_for(1, zhang_san);
    corrected.record.card_number = "A00000011";
    ASSERT_EQ(code_of(journal->amend(corrected)), "ok");
    journal.reset();
    ASSERT_EQ(code_of(office.cards().amend({.making = making_for(1, zhang_san)})), "ok");
    office.open();
    EXPECT_EQ(office.entry_of(1)->card_number, "A00000011");
}

TEST_F(CardMakingsTest, AJournalCutOffAnywhereNeverForgetsAnEarlierRecord) {
    auto journal = begin(making_for(1, zhang_san));
    ASSERT_EQ(code_of(journal->ahead(command_ahead(1))), "ok");
    auto corrected = making_for(1, zhang_san);
    corrected.earlier_records = {corrected.record};
    corrected.record.digest = "fedcba9876543210";
    ASSERT_EQ(code_of(journal->amend(corrected)), "ok");
    journal.reset();
    std::string const whole = content_of_file(office.journal(1));
    for (std::size_t size = 0; size <= whole.size(); ++size) {
        auto const read = parse_journal(std::string_view{whole}.substr(0, size));
        EXPECT_TRUE(!read || read->beginning.making == corrected) << size;
    }
}

TEST_F(CardMakingsTest, AMakingThatAnotherThreadHasEndedIsNotGoneOnWith) {
    begin(making_for(1, zhang_san));
    ASSERT_TRUE(found(1)); // as this thread saw it
    ASSERT_EQ(code_of(makings().record_void(chip_bytes(1), "", "card_mute")), "ok");
    EXPECT_EQ(code_of(makings().go_on(chip_bytes(1))), "card_in_making");
    EXPECT_EQ(code_of(makings().go_on(chip_bytes(2))), "card_in_making");
    EXPECT_EQ(office.state_of(1), CardState::voided);
}

TEST_F(CardMakingsTest, TheStructureStageAloneGivesABlank) {
    auto making = making_for(1, "");
    making.stage = Stage::structure;
    making.test_keys = true;
    ASSERT_EQ(code_of(begin(making)->reach(Milestone::made)), "ok");
    EXPECT_EQ(office.state_of(1), CardState::blank);
    EXPECT_TRUE(office.entry_of(1)->test_keys);
}

TEST_F(CardMakingsTest, AVoidedCardIsVoidInTheRegisterWithItsReason) {
    begin(making_for(1, zhang_san));
    ASSERT_EQ(code_of(makings().record_void(chip_bytes(1), "", "card_mute")), "ok");
    EXPECT_EQ(office.state_of(1), CardState::voided);
    EXPECT_EQ(office.entry_of(1)->reason, "card_mute");
    EXPECT_FALSE(found(1));
}

TEST_F(CardMakingsTest, ARefusedBeginningLeavesNothing) {
    begin(making_for(1, zhang_san));
    EXPECT_EQ(code_of(makings().begin(making_for(2, zhang_san), false)), "person_has_card");
    EXPECT_FALSE(std::filesystem::exists(office.journal(2)));
    EXPECT_EQ(office.state_of(2), std::nullopt);
    EXPECT_EQ(code_of(makings().begin(making_for(2, zhang_san), true)), "ok");
}

TEST_F(CardMakingsTest, AMakingBelongsToOneThreadAtATime) {
    auto const journal = begin(making_for(1, zhang_san));
    EXPECT_EQ(code_of(makings().find(chip_bytes(1))), "card_in_making");
    EXPECT_EQ(code_of(makings().go_on(chip_bytes(1))), "card_in_making");
    EXPECT_EQ(code_of(makings().begin(making_for(1, li_si), false)), "card_in_making");
    EXPECT_EQ(code_of(makings().record_void(chip_bytes(1), "", "")), "card_in_making");
}

TEST_F(CardMakingsTest, AMakingThatIsOpenIsNotBegunAnew) {
    begin(making_for(1, zhang_san));
    std::string const journal = content_of_file(office.journal(1));
    EXPECT_EQ(code_of(makings().begin(making_for(1, li_si), false)), "card_in_making");
    EXPECT_EQ(content_of_file(office.journal(1)), journal);
}

TEST_F(CardMakingsTest, ManyLanesMakeCardsAtOnce) {
    std::vector<std::thread> lanes;
    for (std::uint8_t lane = 0; lane < 8; ++lane) {
        lanes.emplace_back([this, lane] {
            for (std::uint8_t card = 0; card < 4; ++card) {
                auto const chip = static_cast<std::uint8_t>(4 * lane + card);
                auto const journal = begin(making_for(chip, "person " + std::to_string(chip)));
                EXPECT_EQ(code_of(journal->ahead(command_ahead(1))), "ok");
                EXPECT_EQ(code_of(journal->reach(Milestone::made)), "ok");
            }
        });
    }
    for (std::thread& lane : lanes) {
        lane.join();
    }
    EXPECT_EQ(office.cards().list({.state = CardState::live}).value().size(), 32U);
}

TEST_F(CardMakingsTest, ADamagedJournalIsGoneOnWithAfterItsLastGoodLine) {
    auto journal = begin(making_for(1, zhang_san));
    ASSERT_EQ(code_of(journal->ahead(command_ahead(1))), "ok");
    ASSERT_EQ(code_of(journal->reach(Milestone::structure_made)), "ok");
    ASSERT_EQ(code_of(journal->ahead(command_ahead(2))), "ok");
    ASSERT_EQ(code_of(journal->ahead(command_ahead(3))), "ok");
    journal.reset();
    spoil_line(1, 4);
    std::string const damaged = content_of_file(office.journal(1));
    EXPECT_TRUE(found(1)->is_damaged);
    EXPECT_EQ(found(1)->reached, Milestone::structure_made);
    journal = makings().go_on(chip_bytes(1)).value();
    ASSERT_EQ(code_of(journal->ahead(command_ahead(1))), "ok");
    journal.reset();
    EXPECT_EQ(content_of_file(office.journal(1).string() + ".damaged"), damaged);
    EXPECT_TRUE(found(1)->is_damaged) << "until a milestone makes up for what is lost";
    EXPECT_EQ(found(1)->making, making_for(1, zhang_san));
}

TEST_F(CardMakingsTest, ALineThatWasNotWrittenToTheEndIsNoDamage) {
    begin(making_for(1, zhang_san));
    std::string const whole = content_of_file(office.journal(1));
    write_content(office.journal(1), whole + "2 ahead 1 0");
    EXPECT_FALSE(found(1)->is_damaged);
    ASSERT_EQ(code_of(makings().go_on(chip_bytes(1)).value()->ahead(command_ahead(1))), "ok");
    EXPECT_FALSE(found(1)->is_damaged);
    EXPECT_FALSE(std::filesystem::exists(office.journal(1).string() + ".damaged"));
}

TEST_F(CardMakingsTest, AJournalWithoutABeginningIsTold) {
    begin(making_for(1, zhang_san));
    spoil_line(1, 1);
    EXPECT_EQ(code_of(makings().find(chip_bytes(1))), "journal_damaged");
    EXPECT_EQ(code_of(makings().go_on(chip_bytes(1))), "journal_damaged");
    office.open();
    EXPECT_EQ(makings().recovery().damaged, std::vector{chip_text(1)});
    EXPECT_EQ(code_of(makings().find(chip_bytes(1))), "journal_damaged");
    EXPECT_EQ(office.entry_of(1)->person, zhang_san) << "the register still knows whose it is";
}

TEST_F(CardMakingsTest, AJournalThatIsGoneIsTold) {
    begin(making_for(1, zhang_san));
    std::filesystem::remove(office.journal(1));
    EXPECT_EQ(code_of(makings().find(chip_bytes(1))), "journal_damaged");
    office.open();
    EXPECT_EQ(makings().recovery().damaged, std::vector{chip_text(1)});
}

TEST_F(CardMakingsTest, ACardWithADamagedJournalCanBeVoided) {
    begin(making_for(1, zhang_san));
    spoil_line(1, 1);
    ASSERT_EQ(code_of(makings().record_void(chip_bytes(1), "", "journal_damaged")), "ok");
    EXPECT_EQ(office.state_of(1), CardState::voided);
    EXPECT_FALSE(found(1));
    EXPECT_TRUE(std::filesystem::exists(office.journal(1).string() + ".damaged"));
    EXPECT_EQ(code_of(makings().begin(making_for(2, zhang_san), false)), "ok");
}

TEST_F(CardMakingsTest, AVoidedChipCanBeBegunAgain) {
    begin(making_for(1, zhang_san));
    ASSERT_EQ(code_of(makings().record_void(chip_bytes(1), "", "x")), "ok");
    auto journal = begin(making_for(1, li_si));
    ASSERT_EQ(code_of(journal->ahead(command_ahead(1))), "ok");
    journal.reset();
    office.open();
    EXPECT_EQ(found(1)->making, making_for(1, li_si));
}

TEST_F(CardMakingsTest, ARegisterFromAnOldCopyLearnsWhatTheJournalsKnow) {
    auto journal = begin(making_for(1, zhang_san));
    ASSERT_EQ(code_of(journal->ahead(command_ahead(1))), "ok");
    journal.reset();
    office.close();
    std::filesystem::remove(office.register_file());
    office.open();
    EXPECT_EQ(found(1)->making, making_for(1, zhang_san));
    EXPECT_EQ(office.state_of(1), CardState::in_making);
}

TEST_F(CardMakingsTest, AMakingThatAReplacementOvertookIsOver) {
    ASSERT_EQ(code_of(begin(making_for(1, zhang_san))->ahead(command_ahead(1))), "ok");
    auto replacement = makings().begin(making_for(2, zhang_san), true);
    ASSERT_EQ(code_of(replacement), "ok");
    ASSERT_EQ(code_of(replacement.value()->reach(Milestone::made)), "ok");
    EXPECT_FALSE(found(1));
    EXPECT_EQ(office.state_of(1), CardState::voided);
}

} // namespace
} // namespace store
