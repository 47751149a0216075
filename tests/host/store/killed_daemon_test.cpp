#include "tests/host/store/stopped_run.hpp"
#include "tests/host/store/store_office.hpp"

#include <sys/mman.h>

namespace store {
namespace {

using personalization::Milestone;

/// What a process told its caller before it was killed.
struct Told {
    bool has_begun;
    Milestone reached;
};

/// Memory that outlives the process that writes it.
class SharedTold {
public:
    SharedTold() {
        void* const memory = ::mmap(nullptr, sizeof(Told), PROT_READ | PROT_WRITE,
                                    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        apdu::require(memory != MAP_FAILED);
        told_ = static_cast<Told*>(memory);
    }
    SharedTold(SharedTold const&) = delete;
    SharedTold& operator=(SharedTold const&) = delete;
    ~SharedTold() { (void)::munmap(told_, sizeof(Told)); }
    [[nodiscard]] Told& operator*() const { return *told_; }
    [[nodiscard]] Told* operator->() const { return told_; }

private:
    Told* told_;
};

/// A daemon that makes one card, from its start on, and tells how far it came.
void make_card(StoreOffice& office, bool replaces, Milestone end, SharedTold const& told) {
    office.open();
    auto begun = office.makings().begin(making_for(1, zhang_san), replaces);
    apdu::require(begun.ok());
    told->has_begun = true;
    for (Milestone const milestone : {Milestone::structure_made, end}) {
        for (std::size_t number = 1; number <= 3; ++number) {
            apdu::require(begun.value()->ahead(command_ahead(number)).ok());
        }
        if (milestone == Milestone::voided) {
            begun.value().reset();
            apdu::require(office.makings().record_void(chip_bytes(1), "", "card_mute").ok());
        } else {
            apdu::require(begun.value()->reach(milestone).ok());
        }
        told->reached = milestone;
    }
    begun.value().reset();
    office.close();
}

class KilledDaemon : public testing::TestWithParam<std::pair<bool, Milestone>> {
public:
    [[nodiscard]] bool replaces() const { return GetParam().first; }
    [[nodiscard]] Milestone end() const { return GetParam().second; }

    /// The register and the journals say the same, and not less than what was told.
    void expect_truth(StoreOffice& office, Told const& told) const {
        auto const found = office.makings().find(chip_bytes(1));
        ASSERT_EQ(code_of(found), "ok");
        auto const state = office.state_of(1);
        if (found.value()) {
            EXPECT_EQ(found.value()->making, making_for(1, zhang_san));
            EXPECT_FALSE(found.value()->is_damaged);
            EXPECT_GE(found.value()->reached, told.reached);
            EXPECT_EQ(state, CardState::in_making);
        } else if (state) {
            EXPECT_GE(told.reached, Milestone::structure_made);
            EXPECT_EQ(state, end() == Milestone::made ? CardState::live : CardState::voided);
        } else {
            EXPECT_FALSE(told.has_begun);
        }
    }
    /// What a later daemon does with the card that it finds.
    void bring_to_the_end(StoreOffice& office) const {
        auto const found = office.makings().find(chip_bytes(1)).value();
        if (!found && office.state_of(1)) {
            return; // it had come to its end
        }
        auto journal = found ? office.makings().go_on(chip_bytes(1))
                             : office.makings().begin(making_for(1, zhang_san), replaces());
        ASSERT_EQ(code_of(journal), "ok");
        if (end() == Milestone::made) {
            ASSERT_EQ(code_of(journal.value()->reach(Milestone::made)), "ok");
            return;
        }
        journal.value().reset();
        ASSERT_EQ(code_of(office.makings().record_void(chip_bytes(1), "", "card_mute")), "ok");
    }
    static std::size_t live_cards(StoreOffice& office) {
        return office.cards()
            .list({.person = std::string{zhang_san}, .state = CardState::live})
            .value()
            .size();
    }
};

/// Killed before each of its changes to a file, from opening an empty directory on.
TEST_P(KilledDaemon, LosesNoCard) {
    std::size_t point = 0;
    for (bool was_killed = true; was_killed;) {
        StoreOffice office;
        if (replaces()) {
            auto old = office.makings().begin(making_for(2, zhang_san), false);
            ASSERT_EQ(code_of(old.value()->reach(Milestone::made)), "ok");
        }
        office.close();
        if (!replaces()) {
            std::filesystem::remove_all(office.directory() / "makings");
            std::filesystem::remove(office.register_file());
        }
        SharedTold const told;
        auto const killed =
            killed_before_change(++point, [&] { make_card(office, replaces(), end(), told); });
        ASSERT_TRUE(killed) << point;
        was_killed = *killed;
        office.open();
        EXPECT_TRUE(office.makings().recovery().damaged.empty());
        EXPECT_TRUE(office.makings().recovery().faults.empty());
        EXPECT_LE(live_cards(office), 1U);
        EXPECT_TRUE(!replaces() || live_cards(office) == 1U);
        expect_truth(office, *told);
        bring_to_the_end(office);
        EXPECT_EQ(live_cards(office), replaces() || end() == Milestone::made ? 1U : 0U);
        EXPECT_EQ(office.state_of(1),
                  end() == Milestone::made ? CardState::live : CardState::voided);
        ASSERT_FALSE(HasFailure()) << "killed before change " << point;
    }
    std::cout << point - 1 << " points tried, 0 cards lost\n";
    EXPECT_GT(point, 20U);
}

INSTANTIATE_TEST_SUITE_P(Of, KilledDaemon,
                         testing::Values(std::pair{false, Milestone::made},
                                         std::pair{false, Milestone::voided},
                                         std::pair{true, Milestone::made},
                                         std::pair{true, Milestone::voided}));

/// A journal as a daemon left it that was killed right after the milestone.
void write_journal(StoreOffice const& office, personalization::Making const& making,
                   Milestone reached) {
    LineChain chain;
    std::string text = chain.seal(line_content(Beginning{.making = making}));
    if (reached != Milestone::begun) {
        text += chain.seal(line_content(reached, "card_mute"));
    }
    write_content(office.journal(making.chip.back()), text);
}

/// A daemon that is killed while it sets right what an earlier one left, again and again.
TEST(KilledRecovery, LosesNoCard) {
    std::size_t point = 0;
    for (bool was_killed = true; was_killed;) {
        StoreOffice office;
        auto const made = making_for(1, zhang_san);
        ASSERT_EQ(code_of(office.makings().begin(made, false)), "ok");
        ASSERT_EQ(code_of(office.makings().begin(making_for(2, li_si), false)), "ok");
        office.close();
        // The ends that the register was not told of, and a making that never began.
        write_journal(office, made, Milestone::made);
        write_journal(office, making_for(2, li_si), Milestone::voided);
        write_journal(office, making_for(3, ""), Milestone::begun);
        auto const killed = killed_before_change(++point, [&] {
            office.open();
            office.close();
        });
        ASSERT_TRUE(killed) << point;
        was_killed = *killed;
        office.open();
        EXPECT_EQ(office.state_of(1), CardState::live);
        EXPECT_EQ(office.state_of(2), CardState::voided);
        EXPECT_EQ(office.entry_of(2)->reason, "card_mute");
        EXPECT_EQ(office.state_of(3), std::nullopt);
        EXPECT_TRUE(std::filesystem::is_empty(office.directory() / "makings"));
        ASSERT_FALSE(HasFailure()) << "killed before change " << point;
    }
    std::cout << point - 1 << " points tried, 0 cards lost\n";
    EXPECT_GT(point, 5U);
}

/// A daemon that is killed while it goes on with a damaged journal still says that it is damaged.
TEST(KilledRepair, KeepsSayingThatTheJournalIsDamaged) {
    std::size_t point = 0;
    for (bool was_killed = true; was_killed;) {
        StoreOffice office;
        auto begun = office.makings().begin(making_for(1, zhang_san), false);
        ASSERT_EQ(code_of(begun.value()->reach(Milestone::structure_made)), "ok");
        ASSERT_EQ(code_of(begun.value()->ahead(command_ahead(1))), "ok");
        begun.value().reset();
        office.close();
        std::string text = content_of_file(office.journal(1));
        text.at(text.size() - 3) = '#';
        write_content(office.journal(1), text);
        auto const killed = killed_before_change(++point, [&] {
            office.open();
            apdu::require(office.makings().go_on(chip_bytes(1)).ok());
            office.close();
        });
        ASSERT_TRUE(killed) << point;
        was_killed = *killed;
        office.open();
        auto const found = office.makings().find(chip_bytes(1));
        ASSERT_EQ(code_of(found), "ok");
        EXPECT_TRUE(found.value()->is_damaged) << point;
        EXPECT_EQ(found.value()->reached, Milestone::structure_made);
    }
    EXPECT_GT(point, 5U);
}

} // namespace
} // namespace store
