#include "tests/host/personalization/ways_to_make.hpp"

#include <iostream>

namespace personalization {
namespace {

using session::FaultCode;
using virtual_card::FaultKind;

// The card's power is cut at a write of its memory, just before it or in its middle, while it is
// personalized; then the same command is given again.

/// What became of the cards of all points that were tried.
struct Tally {
    std::size_t points = 0;
    std::size_t finished = 0;
    std::size_t voided = 0;
};

class PowerCut : public testing::TestWithParam<Way> {
protected:
    void SetUp() override {
        Office office{start_};
        auto const report = office.personalize(request_);
        ASSERT_TRUE(report.ok()) << report.error().detail;
        made_ = office.memory();
        writes_ = office.connection().memory_writes();
        ASSERT_GT(writes_, 50U);
    }

    /// Every n-th write, in an order of its own for cut and torn ones.
    [[nodiscard]] std::size_t distance() const {
        return points_apart(GetParam().stage == Stage::data ? 13 : 397);
    }

    void try_point(virtual_card::Fault const& cut) {
        std::string const where = text_of(cut);
        Office office{start_, {cut}};
        ASSERT_FALSE(office.personalize(request_).ok()) << where;
        office.connection().insert();
        ASSERT_TRUE(!reads_as_made(office) || office.memory() == made_) << where;
        office.connection().insert();
        auto const again = office.personalize(request_);
        ++tally_.points;
        if (again.ok()) {
            ASSERT_EQ(office.memory(), made_) << where;
            ASSERT_EQ(office.makings().last().reached, Milestone::made) << where;
            ++tally_.finished;
            return;
        }
        ASSERT_EQ(again.error().code, FaultCode::card_voided)
            << where << ": " << to_text(again.error().code) << " " << again.error().detail;
        ASSERT_EQ(office.makings().last().reached, Milestone::voided) << where;
        ASSERT_FALSE(reads_as_made(office)) << where;
        ++tally_.voided;
    }

    void try_all(FaultKind kind, std::size_t first) {
        for (std::size_t at = first; at <= writes_; at += distance()) {
            try_point({.kind = kind, .at = at});
            if (HasFatalFailure()) {
                return;
            }
        }
    }

    virtual_card::CardMemory start_ = start_of(GetParam());
    PersonalizationRequest request_ = request_of(GetParam());
    virtual_card::CardMemory made_{};
    std::size_t writes_ = 0;
    Tally tally_{};
};

INSTANTIATE_TEST_SUITE_P(Personalize, PowerCut, testing::ValuesIn(ways_to_make), name_of);

TEST_P(PowerCut, AtAnyWriteOfTheMemoryLosesNoCard) {
    try_all(FaultKind::cut_write, 1);
    try_all(FaultKind::torn_write, 1 + distance() / 2);
    ASSERT_FALSE(HasFatalFailure());
    std::cout << "power cut at " << tally_.points << " points tried, " << tally_.finished
              << " finished, " << tally_.voided << " voided, 0 cards lost\n";
}

/// The one write that nothing makes good: that of the first MK in the place of the temporary one.
TEST(TornMk, IsFoundOutAndTheCardIsVoid) {
    for (CardKind const kind : {kind_2_00, kind_3_00}) {
        Office office{bare_chip(kind), {{.kind = FaultKind::torn_write, .at = 6}}};
        auto const request = request_for(Stage::structure, kind);
        ASSERT_FALSE(office.personalize(request).ok());
        office.connection().insert();
        auto const again = office.personalize(request);
        ASSERT_FALSE(again.ok());
        EXPECT_EQ(again.error().code, FaultCode::card_voided);
        EXPECT_TRUE(says(again.error(), "accepts no MK"));
        EXPECT_EQ(office.makings().last().reached, Milestone::voided);
    }
}

} // namespace
} // namespace personalization
