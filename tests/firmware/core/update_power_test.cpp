#include "tests/firmware/core/update_fixture.hpp"

#include <functional>

namespace terminal {
namespace {

class UpdatePower : public UpdateTest {
protected:
    using Step = std::function<void(StartedTerminal&)>;
    using Check = std::function<void(SimulatedFlash&)>;

    /// Does `step` with a cut at each of its calls and each tearing, and checks; then on `flash`
    /// itself. Gives the number of calls.
    unsigned cut_everywhere(Step const& step, Check const& check) {
        unsigned calls = 0;
        for (Tearing const tearing : all_tearings) {
            bool is_cut = true;
            for (calls = 0; is_cut && !HasFailure(); ++calls) {
                SCOPED_TRACE(testing::Message()
                             << "call " << calls << ", tearing " << static_cast<int>(tearing));
                SimulatedFlash torn{flash};
                StartedTerminal terminal = started(torn);
                torn.cut_power(calls, tearing, calls);
                step(terminal);
                is_cut = torn.is_cut();
                torn.start();
                check(torn);
            }
        }
        StartedTerminal terminal = started(flash);
        step(terminal);
        return calls - 1;
    }

    /// The old image runs, or the new one does as often as a trial may and then the old one.
    void expect_old_at_last(SimulatedFlash& torn, unsigned trials_max) {
        unsigned trials = 0;
        for (;; ++trials) {
            StartedTerminal terminal = started(torn);
            auto const slot = choose(terminal);
            ASSERT_TRUE(slot);
            if (slot == ImageSlot::first) {
                break;
            }
            ASSERT_TRUE(terminal.slots.has_image(ImageSlot::second, newer.header));
            ASSERT_LT(trials, trials_max);
        }
        StartedTerminal terminal = started(torn);
        ASSERT_EQ(choose(terminal), ImageSlot::first);
        ASSERT_TRUE(terminal.slots.has_image(ImageSlot::first, running.header));
    }

    unsigned cut_update() {
        return cut_everywhere(
            [&](StartedTerminal& terminal) {
                Update update{terminal.slots, terminal.record, ImageSlot::first};
                do_update(update, newer);
            },
            [&](SimulatedFlash& torn) {
                expect_old_at_last(torn, trial_starts);
                StartedTerminal terminal = started(torn);
                Update again{terminal.slots, terminal.record, ImageSlot::first};
                ASSERT_TRUE(do_update(again, newer));
                StartedTerminal fresh = started(torn);
                ASSERT_EQ(choose(fresh), ImageSlot::second);
            });
    }
};

TEST_F(UpdatePower, TheFirstUpdateIsDoneOrNot) {
    // The record, the pages of header and first byte, the header, 76 words and 2 pages, the record.
    EXPECT_EQ(cut_update(), 2U + 2 + 1 + 76 + 2 + 2);
}

TEST_F(UpdatePower, AnUpdateOverAnOlderImageIsDoneOrNot) {
    put_image(ImageSlot::second, image(4, 900));
    EXPECT_EQ(cut_update(), 2U + 2 + 1 + 76 + 2 + 2);
    // Over the trial that is ready now.
    EXPECT_EQ(cut_update(), 2U + 2 + 1 + 76 + 2 + 2);
}

TEST_F(UpdatePower, ATrialStartIsCountedOrNot) {
    StartedTerminal terminal = started(flash);
    Update update{terminal.slots, terminal.record, ImageSlot::first};
    ASSERT_TRUE(do_update(update, newer));
    for (unsigned left = trial_starts; left > 0; --left) {
        unsigned const calls =
            cut_everywhere([&](StartedTerminal& cut) { static_cast<void>(choose(cut)); },
                           [&](SimulatedFlash& torn) { expect_old_at_last(torn, left); });
        EXPECT_EQ(calls, 2U);
    }
    EXPECT_EQ(
        cut_everywhere([&](StartedTerminal& cut) { EXPECT_EQ(choose(cut), ImageSlot::first); },
                       [&](SimulatedFlash& torn) { expect_old_at_last(torn, 0); }),
        2U);
}

TEST_F(UpdatePower, AConfirmationIsDoneOrNot) {
    StartedTerminal terminal = started(flash);
    Update update{terminal.slots, terminal.record, ImageSlot::first};
    ASSERT_TRUE(do_update(update, newer));
    StartedTerminal trial = started(flash);
    ASSERT_EQ(choose(trial), ImageSlot::second);
    unsigned const calls = cut_everywhere(
        [&](StartedTerminal& cut) {
            static_cast<void>(confirm(cut.slots, cut.record, ImageSlot::second));
        },
        [&](SimulatedFlash& torn) {
            StartedTerminal after = started(torn);
            bool const is_confirmed = after.record.choice()->confirmed == ImageSlot::second;
            ASSERT_EQ(choose(after), ImageSlot::second);
            if (!is_confirmed) {
                expect_old_at_last(torn, trial_starts - 2);
            }
        });
    EXPECT_EQ(calls, 2U);
    StartedTerminal confirmed = started(flash);
    EXPECT_EQ(confirmed.record.choice(), (BootChoice{ImageSlot::second, std::nullopt, 0, 6}));
}

} // namespace
} // namespace terminal
