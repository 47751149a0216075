#include "tests/host/personalization/stopping_points.hpp"
#include "tests/host/personalization/ways_to_make.hpp"

#include <iostream>

namespace personalization {
namespace {

using session::FaultCode;

class Resumption : public testing::TestWithParam<Way> {
protected:
    void SetUp() override {
        points_ = stopping_points(start_of(GetParam()), request_of(GetParam()));
    }

    /// What an undisturbed run makes.
    [[nodiscard]] virtual_card::CardMemory const& expected() const { return points_.back().memory; }

    std::vector<StoppingPoint> points_{};
};

INSTANTIATE_TEST_SUITE_P(Personalize, Resumption, testing::ValuesIn(ways_to_make), name_of);

/// How far apart the points are where a whole structure stage is done again. At all others the chip
/// is seen to be as bare as it came, from where the way is the same.
std::size_t whole_run_distance() { return points_apart(53); }

/// Goes on until the plan begins anew, and tells what the card holds then; no command of the plan
/// is sent.
std::optional<virtual_card::CardMemory> memory_when_begun_anew(Office& office, Way const& way) {
    std::optional<virtual_card::CardMemory> found;
    auto const stopped = office.personalize(request_of(way), [&](StepProgress const&) {
        found = office.memory();
        office.makings().fail_from(1);
    });
    office.makings().fail_from(0);
    bool const is_stopped = !stopped.ok() && stopped.error().code == FaultCode::journal_failed;
    return is_stopped ? found : std::nullopt;
}

bool is_in_structure(Office const& office) {
    auto const& makings = office.makings().all();
    return !makings.empty() && makings.back().making.stage != Stage::data &&
           makings.back().reached == Milestone::begun;
}

TEST_P(Resumption, ACardPulledAfterAnyCommandIsFinishedByTheSameCommand) {
    virtual_card::CardMemory const start = start_of(GetParam());
    std::size_t tried = 0;
    for (StoppingPoint const& point : points_) {
        if (point.command == points_.back().command) {
            break;
        }
        ++tried;
        Office office{point.memory};
        RememberedMakings makings{point.makings};
        office.keep_makings_in(makings);
        EXPECT_TRUE(!reads_as_made(office) || office.memory() == expected()) << point.command;
        office.connection().insert();
        if (is_in_structure(office) && point.command % whole_run_distance() != 0) {
            ASSERT_EQ(memory_when_begun_anew(office, GetParam()), start) << point.command;
            continue;
        }
        auto const again = office.personalize(request_of(GetParam()));
        ASSERT_TRUE(again.ok()) << point.command << ": " << to_text(again.error().code) << " "
                                << again.error().detail;
        ASSERT_EQ(office.memory(), expected()) << point.command;
        EXPECT_EQ(makings.last().reached, Milestone::made) << point.command;
        EXPECT_EQ(makings.all().size(), 1U) << point.command;
    }
    std::cout << "card pulled at " << tried << " points, 0 cards lost\n";
}

TEST_P(Resumption, AJournalThatCannotBeWrittenStopsTheWorkAndTheCardIsFinishedLater) {
    std::size_t const distance = points_apart(41);
    for (std::size_t at = 1; at <= points_.back().makings.back().commands.size(); at += distance) {
        Office office{start_of(GetParam())};
        office.makings().fail_from(at);
        auto const stopped = office.personalize(request_of(GetParam()));
        ASSERT_FALSE(stopped.ok()) << at;
        EXPECT_EQ(stopped.error().code, FaultCode::journal_failed) << at;
        EXPECT_FALSE(reads_as_made(office) && office.memory() != expected()) << at;
        office.makings().fail_from(0);
        office.connection().insert();
        auto const again = office.personalize(request_of(GetParam()));
        ASSERT_TRUE(again.ok()) << at << ": " << again.error().detail;
        ASSERT_EQ(office.memory(), expected()) << at;
    }
}

class CorrectedRecord : public testing::TestWithParam<CardKind> {
protected:
    /// The data stage for a record of those files.
    [[nodiscard]] PersonalizationRequest request(std::string_view record,
                                                 std::string digest) const {
        auto asked = request_for(Stage::data, GetParam());
        asked.person = record_of(record);
        asked.record_digest = std::move(digest);
        return asked;
    }
    /// The memory of a card that was made of that record undisturbed.
    [[nodiscard]] virtual_card::CardMemory made_of(std::string_view record) const {
        Office office{blank(GetParam())};
        EXPECT_TRUE(office.personalize(request(record, "")).ok());
        return office.memory();
    }
    /// Begins again and pulls the card when so many steps are done.
    static void interrupt(Office& office, PersonalizationRequest const& request, std::size_t step) {
        auto const stopped = office.personalize(request, [&](StepProgress const& progress) {
            if (progress.index == step) {
                office.makings().fail_from(1);
            }
        });
        EXPECT_EQ(stopped.error().code, FaultCode::journal_failed) << step;
        office.makings().fail_from(0);
        office.connection().insert();
    }
};

INSTANTIATE_TEST_SUITE_P(Personalize, CorrectedRecord, testing::Values(kind_2_00, kind_3_00),
                         [](auto const& test) { return std::string{test.param.name}; });

TEST_P(CorrectedRecord, NothingOfItStaysWhereTheFirstOneIsGoneOnWithAfterAll) {
    auto const first = request(zhang_san, "1");
    auto const corrected = request(zhang_san_everywhere(), "2");
    auto const expected = made_of(zhang_san);
    for (std::size_t const step : {8U, 20U, 40U}) {
        Office office{blank(GetParam())};
        interrupt(office, first, 6);
        interrupt(office, corrected, step);
        auto const made = office.personalize(first);
        ASSERT_TRUE(made.ok()) << step << " " << made.error().detail;
        EXPECT_EQ(office.memory(), expected) << step;
        EXPECT_EQ(office.makings().last().making.record.digest, "1");
        EXPECT_EQ(office.makings().last().making.earlier_records,
                  (std::vector<RecordMark>{{"2", "A0000002X"}}));
    }
}

TEST_P(CorrectedRecord, GivesTheCardItsOwnCardNumberInTheJournalToo) {
    std::string corrected{zhang_san};
    corrected.replace(corrected.find("A0000002X"), 9, "A00000011");
    Office office{blank(GetParam())};
    interrupt(office, request(zhang_san, "1"), 8);
    auto const made = office.personalize(request(corrected, "2"));
    ASSERT_TRUE(made.ok()) << made.error().detail;
    EXPECT_EQ(made.value().card_number, "A00000011");
    EXPECT_EQ(office.memory(), made_of(corrected));
    EXPECT_EQ(office.makings().last().making.record, (RecordMark{"2", "A00000011"}));
}

TEST_P(CorrectedRecord, IsNotNotedWhereNothingOfItIsWritten) {
    Office office{blank(GetParam())};
    interrupt(office, request(zhang_san, "1"), 8);
    auto refused = request(zhang_san, "2");
    refused.version = apdu::SpecVersion::v1_00;
    EXPECT_FALSE(office.personalize(refused).ok());
    EXPECT_EQ(office.makings().last().making.record.digest, "1");
}

} // namespace
} // namespace personalization
