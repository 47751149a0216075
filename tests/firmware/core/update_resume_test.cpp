#include "tests/firmware/core/update_fixture.hpp"

namespace terminal {
namespace {

/// Updates that are cut and gone on with, on pages smaller than, as large as and larger than what
/// is in front of an image.
class UpdateResume : public UpdateTest, public testing::WithParamInterface<std::size_t> {
protected:
    static constexpr std::size_t slot_pages = 8;
    static constexpr std::size_t page_count = 2 * slot_pages + ImageSlots::boot_pages;

    std::size_t page() const { return GetParam(); }
    std::size_t size_max() const { return slot_pages * page() - ImageSlots::image_offset; }
    /// One that ends in the middle of a word, in the slot's last page but two.
    SignedImage long_image() const { return image(6, size_max() - 2 * page() - 5); }
    static auto header_of(SignedImage const& wanted) {
        return apdu::ccid::write_image_header(wanted.header);
    }

    /// Goes on with an update as far as there is power; the bytes that were kept of it.
    std::size_t go_on(SimulatedFlash& from, SignedImage const& wanted) const {
        StartedTerminal terminal = started(from);
        Update update{terminal.slots, terminal.record, ImageSlot::first};
        if (!update.resume(header_of(wanted)).ok()) {
            return 0;
        }
        std::size_t const kept = update.received();
        apdu::ByteView rest = apdu::ByteView{wanted.bytes}.subspan(kept);
        while (!rest.empty() &&
               update.write(rest.first(std::min<std::size_t>(rest.size(), 64))).ok()) {
            rest = rest.subspan(std::min<std::size_t>(rest.size(), 64));
        }
        static_cast<void>(update.finish());
        return kept;
    }

    /// The bytes of the image that a cut update had written.
    std::size_t written(SimulatedFlash const& torn, SignedImage const& wanted) const {
        std::size_t const start = slot_pages * page() + ImageSlots::image_offset;
        std::size_t same = 0;
        while (same < wanted.bytes.size() && torn.bytes()[start + same] == wanted.bytes[same]) {
            ++same;
        }
        return same;
    }

    void expect_new(SimulatedFlash& torn, SignedImage const& wanted) const {
        StartedTerminal terminal = started(torn);
        ASSERT_EQ(choose(terminal), ImageSlot::second);
        ASSERT_TRUE(terminal.slots.has_image(ImageSlot::second, wanted.header));
    }
};

TEST_P(UpdateResume, AfterEachCutItGoesOnAndLosesAPageAtMost) {
    SignedImage const wanted = long_image();
    SimulatedFlash const blank{page(), page_count};
    for (Tearing const tearing : all_tearings) {
        bool is_cut = true;
        for (unsigned calls = 0; is_cut; ++calls) {
            SimulatedFlash torn{blank};
            torn.cut_power(calls, tearing, calls);
            go_on(torn, wanted);
            is_cut = torn.is_cut();
            std::size_t const before = written(torn, wanted);
            torn.start();
            std::size_t const kept = go_on(torn, wanted);
            SCOPED_TRACE(testing::Message() << "call " << calls);
            ASSERT_LE(kept, wanted.bytes.size());
            // What noise or a half word writes may look like a byte more.
            ASSERT_LE(before, kept + page() + hal::Flash::word_size);
            expect_new(torn, wanted);
        }
    }
}

TEST_P(UpdateResume, ASecondCutWhileItGoesOnIsNoWorse) {
    SignedImage const wanted = long_image();
    unsigned const word_calls = static_cast<unsigned>(page() / hal::Flash::word_size);
    for (unsigned first = 0; first < 4 * word_calls; first += word_calls / 2 + 1) {
        SimulatedFlash cut_once{page(), page_count};
        cut_once.cut_power(first, Tearing::noise, first);
        go_on(cut_once, wanted);
        cut_once.start();
        for (unsigned second = 0; second < word_calls + 8; ++second) {
            SimulatedFlash torn{cut_once};
            torn.cut_power(second, Tearing::noise, second);
            go_on(torn, wanted);
            torn.start();
            go_on(torn, wanted);
            SCOPED_TRACE(testing::Message() << "calls " << first << ", " << second);
            expect_new(torn, wanted);
        }
    }
}

TEST_P(UpdateResume, BlankPagesInAnImageOnlyMakeItLookShorter) {
    std::vector<std::uint8_t> bytes = long_image().bytes;
    std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(page()), 2 * page(), 0xFF);
    SignedImage const wanted{bytes, signer.header(bytes, sample_board, 6, 1)};
    for (unsigned calls = 0; calls < bytes.size() / hal::Flash::word_size; calls += 5) {
        SimulatedFlash torn{page(), page_count};
        torn.cut_power(calls, Tearing::first_half, calls);
        go_on(torn, wanted);
        torn.start();
        go_on(torn, wanted);
        SCOPED_TRACE(calls);
        expect_new(torn, wanted);
    }
}

TEST_P(UpdateResume, AnotherHeaderBeginsAnew) {
    SimulatedFlash own{page(), page_count};
    SignedImage const wanted = long_image();
    SignedImage const other = image(7, wanted.bytes.size());
    own.cut_power(static_cast<unsigned>(3 * page() / hal::Flash::word_size), Tearing::all_done, 0);
    go_on(own, wanted);
    own.start();
    EXPECT_EQ(go_on(own, other), 0U);
    expect_new(own, other);
}

TEST_P(UpdateResume, WhatWasGarbledIsNotGoneOnWithTwice) {
    SimulatedFlash own{page(), page_count};
    SignedImage const wanted = long_image();
    SignedImage garbled = wanted;
    garbled.bytes[page() / 2] ^= 1;
    EXPECT_EQ(go_on(own, garbled), 0U);
    StartedTerminal terminal = started(own);
    EXPECT_FALSE(choose(terminal));
    EXPECT_EQ(go_on(own, wanted), 0U);
    expect_new(own, wanted);
}

TEST_P(UpdateResume, AnAbandonedUpdateIsGoneOnWithInItsPlace) {
    SimulatedFlash own{page(), page_count};
    SignedImage const wanted = image(6, size_max());
    StartedTerminal terminal = started(own);
    Update update{terminal.slots, terminal.record, ImageSlot::first};
    ASSERT_TRUE(update.begin(header_of(wanted)).ok());
    ASSERT_TRUE(update.write(apdu::ByteView{wanted.bytes}.first(4 * page())).ok());
    update.abandon();
    ASSERT_TRUE(update.resume(header_of(wanted)).ok());
    EXPECT_EQ(update.state(), UpdateState::receiving);
    EXPECT_GE(update.received(), 3 * page());
    ASSERT_TRUE(update.write(apdu::ByteView{wanted.bytes}.subspan(update.received())).ok());
    ASSERT_TRUE(update.finish().ok());
    expect_new(own, wanted);
    // begin() never goes on with anything.
    ASSERT_TRUE(update.begin(header_of(wanted)).ok());
    EXPECT_EQ(update.received(), 0U);
}

TEST_P(UpdateResume, AHeaderThatIsTornSinceIsNotTaken) {
    SimulatedFlash own{page(), page_count};
    SignedImage const wanted = long_image();
    StartedTerminal terminal = started(own);
    Update update{terminal.slots, terminal.record, ImageSlot::first};
    ASSERT_TRUE(update.begin(header_of(wanted)).ok());
    ASSERT_TRUE(update.write(wanted.bytes).ok());
    own.corrupt(slot_pages * page() + 100);
    EXPECT_EQ(update.finish().error(), UpdateFault::other_image);
}

INSTANTIATE_TEST_SUITE_P(Pages, UpdateResume, testing::Values(256U, 512U, 1024U),
                         [](auto const& test) { return "Of" + std::to_string(test.param); });

} // namespace
} // namespace terminal
