#include "tests/firmware/core/update_fixture.hpp"

#include "apdu/little_endian.hpp"
#include "keys/record_bytes.hpp"

namespace terminal {
namespace {

/// The fault that a header meets.
UpdateFault refusal(Update& update, ImageHeader const& header) {
    auto const begun = update.begin(apdu::ccid::write_image_header(header));
    EXPECT_FALSE(begun.ok());
    EXPECT_EQ(update.state(), UpdateState::idle);
    return begun.error();
}

TEST_F(UpdateTest, ANewImageIsTriedAndStaysOnceItConfirmsItself) {
    StartedTerminal old = started(flash);
    ASSERT_EQ(choose(old), ImageSlot::first);
    Update update{old.slots, old.record, ImageSlot::first};
    ASSERT_TRUE(do_update(update, newer));
    EXPECT_EQ(update.state(), UpdateState::ready);
    StartedTerminal fresh = started(flash);
    ASSERT_EQ(choose(fresh), ImageSlot::second);
    ASSERT_TRUE(confirm(fresh.slots, fresh.record, ImageSlot::second));
    for (int i = 0; i < 5; ++i) {
        StartedTerminal later = started(flash);
        EXPECT_EQ(choose(later), ImageSlot::second);
    }
}

TEST_F(UpdateTest, ANewImageThatDoesNotConfirmItselfRunsThreeTimes) {
    StartedTerminal old = started(flash);
    Update update{old.slots, old.record, ImageSlot::first};
    ASSERT_TRUE(do_update(update, newer));
    for (int i = 0; i < 6; ++i) {
        StartedTerminal later = started(flash);
        EXPECT_EQ(choose(later), i < trial_starts ? ImageSlot::second : ImageSlot::first) << i;
    }
    StartedTerminal later = started(flash);
    EXPECT_TRUE(confirm(later.slots, later.record, ImageSlot::first));
    EXPECT_EQ(later.record.choice()->confirmed, ImageSlot::first);
}

TEST_F(UpdateTest, ATrialThatRunsTakesNoUpdateOverItsFallback) {
    StartedTerminal old = started(flash);
    Update update{old.slots, old.record, ImageSlot::first};
    ASSERT_TRUE(do_update(update, newer));
    StartedTerminal fresh = started(flash);
    ASSERT_EQ(choose(fresh), ImageSlot::second);
    Update next{fresh.slots, fresh.record, ImageSlot::second};
    EXPECT_EQ(refusal(next, image(7, 100, ImageSlot::first).header), UpdateFault::unconfirmed);
    ASSERT_TRUE(confirm(fresh.slots, fresh.record, ImageSlot::second));
    EXPECT_TRUE(do_update(next, image(7, 100, ImageSlot::first)));
}

TEST_F(UpdateTest, HeadersThatDoNotFitAreRefused) {
    StartedTerminal terminal = started(flash);
    Update update{terminal.slots, terminal.record, ImageSlot::first};
    auto const before = flash.bytes();
    EXPECT_EQ(refusal(update, image(4, 100).header), UpdateFault::version_too_low);
    EXPECT_EQ(refusal(update, image(6, 100, ImageSlot::first).header), UpdateFault::other_slot);
    EXPECT_EQ(refusal(update, image(6, 0).header), UpdateFault::wrong_size);
    EXPECT_EQ(refusal(update, image(6, slot_size - 511).header), UpdateFault::wrong_size);
    EXPECT_EQ(refusal(update, signer.header(newer.bytes, sample_board + 1, 6, 1)),
              UpdateFault::other_board);
    EXPECT_EQ(refusal(update, ImageSigner{}.header(newer.bytes, sample_board, 6, 1)),
              UpdateFault::not_signed);
    EXPECT_EQ(update.begin(newer.bytes).error(), UpdateFault::no_header);
    EXPECT_EQ(flash.bytes(), before);
    EXPECT_TRUE(do_update(update, image(5, slot_size - 512)));
}

TEST_F(UpdateTest, TheVersionNeverGoesBackOnceConfirmed) {
    StartedTerminal old = started(flash);
    Update update{old.slots, old.record, ImageSlot::first};
    ASSERT_TRUE(do_update(update, newer));
    StartedTerminal fresh = started(flash);
    choose(fresh);
    ASSERT_TRUE(confirm(fresh.slots, fresh.record, ImageSlot::second));
    Update next{fresh.slots, fresh.record, ImageSlot::second};
    EXPECT_EQ(refusal(next, running.header), UpdateFault::version_too_low);
    flash.corrupt(slot_size + 600); // of the new image: the old one is whole, and too old
    StartedTerminal later = started(flash);
    EXPECT_EQ(choose(later), std::nullopt);
}

TEST_F(UpdateTest, ImagesThatAreNotOfTheirHeaderAreRefused) {
    StartedTerminal terminal = started(flash);
    Update update{terminal.slots, terminal.record, ImageSlot::first};
    SignedImage wrong = newer;
    wrong.bytes[600] ^= 1;
    EXPECT_FALSE(do_update(update, wrong));
    EXPECT_EQ(update.state(), UpdateState::idle);
    ASSERT_TRUE(update.begin(apdu::ccid::write_image_header(newer.header)).ok());
    EXPECT_EQ(update.finish().error(), UpdateFault::incomplete);
    EXPECT_EQ(update.write(newer.bytes).error(), UpdateFault::wrong_state);
    ASSERT_TRUE(update.begin(apdu::ccid::write_image_header(newer.header)).ok());
    ASSERT_TRUE(update.write(newer.bytes).ok());
    EXPECT_EQ(update.received(), newer.bytes.size());
    EXPECT_EQ(update.write(std::array<std::uint8_t, 1>{}).error(), UpdateFault::too_many_bytes);
    EXPECT_EQ(update.finish().error(), UpdateFault::wrong_state);
    StartedTerminal later = started(flash);
    EXPECT_EQ(choose(later), ImageSlot::first);
}

TEST_F(UpdateTest, AnAbandonedUpdateChangesNothing) {
    StartedTerminal terminal = started(flash);
    Update update{terminal.slots, terminal.record, ImageSlot::first};
    ASSERT_TRUE(update.begin(apdu::ccid::write_image_header(newer.header)).ok());
    EXPECT_EQ(update.state(), UpdateState::receiving);
    update.abandon();
    EXPECT_EQ(update.state(), UpdateState::idle);
    StartedTerminal later = started(flash);
    EXPECT_EQ(choose(later), ImageSlot::first);
}

TEST_F(UpdateTest, AnyChunksMakeTheSameImage) {
    for (std::size_t const chunk : {1U, 7U, 8U, 64U, 512U, 2000U}) {
        StartedTerminal terminal = started(flash);
        Update update{terminal.slots, terminal.record, ImageSlot::first};
        ASSERT_TRUE(do_update(update, newer, chunk));
        EXPECT_TRUE(terminal.slots.has_image(ImageSlot::second, newer.header));
    }
}

TEST_F(UpdateTest, WithoutARecordTheHighestWholeVersionRuns) {
    put_image(ImageSlot::second, newer);
    StartedTerminal terminal = started(flash);
    EXPECT_EQ(choose(terminal), ImageSlot::second);
    flash.corrupt(slot_size + 600);
    EXPECT_EQ(choose(terminal), ImageSlot::first);
    flash.corrupt(600);
    EXPECT_EQ(choose(terminal), std::nullopt);
}

TEST_F(UpdateTest, TheBootRecordAfterTheLastNumberOfAllCounts) {
    StartedTerminal old = started(flash);
    ASSERT_TRUE(old.record.store({ImageSlot::first, std::nullopt, 0, 5}));
    std::uint32_t const place = 9 * page_size; // where the first one goes
    std::array<std::uint8_t, 32> bytes{};
    flash.read(place, bytes);
    apdu::put_32(0xFFFFFFFE, apdu::ByteSpan{bytes}.subspan(4));
    auto const crc = keys::crc_32(keys::crc_32_start, apdu::ByteView{bytes}.first(24));
    apdu::copy_bytes(keys::checksum_word(crc), apdu::ByteSpan{bytes}.subspan(24));
    ASSERT_TRUE(flash.erase(9));
    ASSERT_TRUE(flash.write(place, bytes));
    for (std::uint32_t version = 6; version < 10; ++version) {
        BootChoice const choice{ImageSlot::first, std::nullopt, 0, version};
        StartedTerminal later = started(flash);
        ASSERT_TRUE(later.record.store(choice));
        EXPECT_EQ(started(flash).record.choice(), choice);
    }
}

TEST_F(UpdateTest, APageThatFailsEndsAnUpdate) {
    flash.wear_out(6);
    StartedTerminal terminal = started(flash);
    Update update{terminal.slots, terminal.record, ImageSlot::first};
    EXPECT_FALSE(do_update(update, newer));
    EXPECT_EQ(update.state(), UpdateState::idle);
    StartedTerminal later = started(flash);
    EXPECT_EQ(choose(later), ImageSlot::first);
}

} // namespace
} // namespace terminal
