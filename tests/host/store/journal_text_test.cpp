#include "tests/host/store/store_office.hpp"

namespace store {
namespace {

using personalization::Milestone;

/// A journal as it grows, and what it truly says after each of its lines.
class GrowingJournal {
public:
    explicit GrowingJournal(Beginning beginning) : beginning{std::move(beginning)} {
        add(line_content(this->beginning), Milestone::begun);
    }
    void add(std::string_view content, Milestone reached) {
        text += chain_.seal(content);
        milestone_at_end_of_line.emplace_back(text.size(), reached);
    }

    /// What is reached for certain where only the first `size` bytes can be relied on.
    [[nodiscard]] std::optional<Milestone> reached_within(std::size_t size) const {
        std::optional<Milestone> reached;
        for (auto const& [end, milestone] : milestone_at_end_of_line) {
            if (end <= size) {
                reached = milestone;
            }
        }
        return reached;
    }

    Beginning beginning;
    std::string text{};
    std::vector<std::pair<std::size_t, Milestone>> milestone_at_end_of_line{};

private:
    LineChain chain_{};
};

Beginning sample() {
    auto making = making_for(1, zhang_san);
    making.earlier_records = {{"00", "A12345670"}, {"01", ""}};
    making.test_keys = true;
    making.key_checks = {{"MKMF", "A1B2C3"}};
    return {.making = std::move(making), .replaces = true, .batch = "第3批 of 2026=%\n"};
}

/// From the beginning to the end, with a gap.
GrowingJournal whole_journal() {
    GrowingJournal journal{sample()};
    journal.add(line_content(command_ahead(1)), Milestone::begun);
    journal.add(line_content(command_ahead(2)), Milestone::begun);
    journal.add(gap_content, Milestone::begun);
    journal.add(line_content(command_ahead(1)), Milestone::begun);
    journal.add(line_content(Milestone::structure_made, {}), Milestone::structure_made);
    journal.add(line_content(command_ahead(2)), Milestone::structure_made);
    journal.add(line_content(Milestone::voided, "verification_failed: 5, EF05"), Milestone::voided);
    return journal;
}

TEST(JournalText, SaysWhatWasWritten) {
    GrowingJournal const written = whole_journal();
    auto const read = parse_journal(written.text);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->beginning, written.beginning);
    EXPECT_EQ(read->reached, Milestone::voided);
    EXPECT_EQ(read->reason, "verification_failed: 5, EF05");
    EXPECT_TRUE(read->has_ended());
    EXPECT_TRUE(read->has_commands);
    EXPECT_FALSE(read->is_damaged);
    EXPECT_EQ(read->good_size, written.text.size());
}

TEST(JournalText, IsReadableByAPerson) {
    GrowingJournal journal{Beginning{.making = making_for(1, zhang_san)}};
    journal.add(line_content(command_ahead(4)), Milestone::begun);
    EXPECT_TRUE(journal.text.starts_with("1 sscard-making-1 chip=0081544"
                                         "44B86604110000000"
                                         "01"))
        << journal.text;
    EXPECT_NE(journal.text.find("\n2 ahead 4 2 DC "), std::string::npos) << journal.text;
}

TEST(JournalText, KeepsEveryKindOfMaking) {
    for (auto const stage : {personalization::Stage::structure, personalization::Stage::data,
                             personalization::Stage::both}) {
        for (bool const flag : {false, true}) {
            Beginning beginning{.making = making_for(9, li_si)};
            beginning.making.stage = stage;
            beginning.making.version = apdu::SpecVersion::v2_00;
            beginning.making.algorithm = keys::Algorithm::des3;
            beginning.making.wanted = chip_bytes(10);
            beginning.making.person.clear();
            beginning.making.rewrites = flag;
            beginning.replaces = !flag;
            auto const read = parse_journal(GrowingJournal{beginning}.text);
            ASSERT_TRUE(read);
            EXPECT_EQ(read->beginning, beginning);
        }
    }
}

TEST(JournalText, KeepsItsLinesUnderAnotherBeginning) {
    GrowingJournal journal{sample()};
    journal.add(line_content(command_ahead(1)), Milestone::begun);
    journal.add(line_content(Milestone::structure_made, {}), Milestone::structure_made);
    Beginning corrected = sample();
    corrected.making.record = {"02", "B00000000"};
    auto const read = parse_journal(with_beginning(journal.text, corrected));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->beginning, corrected);
    EXPECT_EQ(read->reached, Milestone::structure_made);
    EXPECT_TRUE(read->has_commands);
    EXPECT_FALSE(read->is_damaged);
}

TEST(JournalText, EarlierRecordsThatMakeNoSenseAreNoBeginning) {
    std::string const whole = line_content(sample());
    for (std::string_view const wrong : {"00A12345670", "00/A/B", "00/A,", ",00/A"}) {
        std::string content = whole;
        std::string const right = "00/A12345670,01/";
        content.replace(content.find(right), right.size(), wrong);
        EXPECT_FALSE(parse_journal(LineChain{}.seal(content))) << wrong;
    }
}

TEST(JournalText, AGapMakesItDamagedUntilTheNextMilestone) {
    GrowingJournal journal{sample()};
    journal.add(gap_content, Milestone::begun);
    journal.add(line_content(command_ahead(1)), Milestone::begun);
    EXPECT_TRUE(parse_journal(journal.text)->is_damaged);
    journal.add(line_content(Milestone::structure_made, {}), Milestone::structure_made);
    EXPECT_FALSE(parse_journal(journal.text)->is_damaged);
}

TEST(JournalText, NothingCountsAfterTheEnd) {
    GrowingJournal journal{sample()};
    journal.add(line_content(Milestone::made, {}), Milestone::made);
    std::size_t const size = journal.text.size();
    journal.add(line_content(Milestone::voided, "late"), Milestone::made);
    EXPECT_EQ(parse_journal(journal.text)->reached, Milestone::made);
    EXPECT_EQ(parse_journal(journal.text)->good_size, size);
}

TEST(JournalText, AMilestoneIsNotReachedTwiceNorBackwards) {
    for (Milestone const again : {Milestone::begun, Milestone::structure_made}) {
        GrowingJournal journal{sample()};
        journal.add(line_content(Milestone::structure_made, {}), Milestone::structure_made);
        journal.add(line_content(again, {}), Milestone::structure_made);
        EXPECT_TRUE(parse_journal(journal.text)->is_damaged);
        EXPECT_EQ(parse_journal(journal.text)->reached, Milestone::structure_made);
    }
}

/// Never another making, never a later milestone; `trusted` bytes from the start are unharmed.
void expect_no_lie(GrowingJournal const& truth, std::string_view text, std::size_t trusted) {
    auto const read = parse_journal(text);
    auto const reached = truth.reached_within(trusted);
    ASSERT_EQ(read.has_value(), reached.has_value()) << trusted;
    if (read) {
        EXPECT_EQ(read->beginning, truth.beginning);
        EXPECT_EQ(read->reached, *reached) << trusted;
        EXPECT_LE(read->good_size, trusted);
    }
}

TEST(JournalText, CutOffAnywhereSaysWhatItsWholeLinesSay) {
    GrowingJournal const truth = whole_journal();
    for (std::size_t size = 0; size < truth.text.size(); ++size) {
        expect_no_lie(truth, std::string_view{truth.text}.substr(0, size), size);
    }
}

TEST(JournalText, EveryFlippedBitIsNoticed) {
    GrowingJournal const truth = whole_journal();
    for (std::size_t bit = 0; bit < 8 * truth.text.size(); ++bit) {
        std::string text = truth.text;
        char& byte = text.at(bit / 8);
        byte = static_cast<char>(static_cast<std::uint8_t>(byte) ^ (1U << (bit % 8)));
        expect_no_lie(truth, text, bit / 8);
        auto const read = parse_journal(text);
        bool const is_last_line_end = bit / 8 + 1 == truth.text.size(); // a line not written
        EXPECT_TRUE(!read || read->is_damaged || is_last_line_end) << bit;
    }
}

TEST(JournalText, ALineLostDoubledOrMovedIsNoticed) {
    GrowingJournal const truth = whole_journal();
    auto const& ends = truth.milestone_at_end_of_line;
    for (std::size_t i = 1; i < ends.size(); ++i) {
        std::size_t const start = ends.at(i - 1).first;
        std::string const line = truth.text.substr(start, ends.at(i).first - start);
        std::string lost = truth.text;
        lost.erase(start, line.size());
        std::string doubled = truth.text;
        doubled.insert(start, line);
        expect_no_lie(truth, lost, start);
        expect_no_lie(truth, doubled, ends.at(i).first);
    }
}

TEST(JournalText, LinesOfAnotherJournalDoNotCount) {
    Beginning other = sample();
    other.making.record.card_number = "B00000000";
    GrowingJournal const truth = whole_journal();
    GrowingJournal const stranger{other};
    std::size_t const first_line = truth.milestone_at_end_of_line.front().first;
    auto const read = parse_journal(stranger.text + truth.text.substr(first_line));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->reached, Milestone::begun);
    EXPECT_TRUE(read->is_damaged);
}

} // namespace
} // namespace store
