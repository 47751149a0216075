#include "tests/host/store/full_disk.hpp"
#include "tests/host/store/store_office.hpp"
#include "tests/sanitized.hpp"

namespace store {
namespace {

using personalization::Milestone;

class FullDiskTest : public testing::Test {
public:
    /// Where a file can be cut short: at each byte of a journal from `first` on for a whole line,
    /// and in the register's log (32 bytes and 4120 a page) from where it ends now.
    [[nodiscard]] std::vector<std::size_t> sizes(std::size_t first) const {
        std::vector<std::size_t> sizes;
        for (std::size_t size = first; size < first + 400; size += point_distance) {
            sizes.push_back(size);
        }
        std::size_t const log =
            std::filesystem::file_size(office.register_file().string() + "-wal");
        for (std::size_t size = log; size < log + 40000; size += 515) {
            sizes.push_back(size);
        }
        return sizes;
    }
    std::optional<personalization::OpenMaking> found() {
        return office.makings().find(chip_bytes(1)).value();
    }

    StoreOffice office{};
    std::size_t failures = 0;
};

TEST_F(FullDiskTest, ABeginningThatFailsLeavesNothing) {
    bool has_succeeded = false;
    for (std::size_t const size : sizes(0)) {
        std::string_view code;
        {
            FullDisk const disk{size};
            code = code_of(office.makings().begin(making_for(1, zhang_san), false));
        }
        if (code == "ok") {
            has_succeeded = true;
            break;
        }
        ++failures;
        ASSERT_EQ(code, "journal_failed") << size;
        ASSERT_FALSE(found()) << size;
        ASSERT_EQ(office.state_of(1), std::nullopt) << size;
        ASSERT_TRUE(std::filesystem::is_empty(office.directory() / "makings")) << size;
    }
    EXPECT_TRUE(has_succeeded);
    EXPECT_GT(failures, 400 / point_distance);
    EXPECT_TRUE(found());
}

TEST_F(FullDiskTest, ACommandWhoseLineFailsIsNotSentAndTheJournalStaysWhole) {
    auto journal = office.makings().begin(making_for(1, zhang_san), false).value();
    for (std::size_t size = 0; size < 2000; size += point_distance) {
        bool is_written = false;
        {
            FullDisk const disk{size};
            auto const ahead = journal->ahead(command_ahead(size));
            is_written = ahead.ok();
            ASSERT_TRUE(is_written || code_of(ahead) == "journal_failed");
        }
        failures += is_written ? 0U : 1U;
        auto const text = parse_journal(content_of_file(office.journal(1)));
        ASSERT_TRUE(text && !text->is_damaged) << size;
        ASSERT_EQ(text->beginning.making, making_for(1, zhang_san));
    }
    EXPECT_GT(failures, is_sanitized ? 15U : 1000U);
    EXPECT_EQ(code_of(journal->ahead(command_ahead(1))), "ok");
    EXPECT_EQ(code_of(journal->reach(Milestone::made)), "ok");
    EXPECT_EQ(office.state_of(1), CardState::live);
}

TEST_F(FullDiskTest, AMilestoneThatFailsIsReachedWhenThereIsRoomAgain) {
    auto journal = office.makings().begin(making_for(1, zhang_san), false).value();
    for (std::size_t size = 0;; ++size) {
        {
            FullDisk const disk{size};
            auto const reached = journal->reach(Milestone::structure_made);
            if (reached.ok()) {
                break;
            }
            ASSERT_EQ(code_of(reached), "journal_failed");
        }
        ++failures;
    }
    EXPECT_GT(failures, 300U);
    EXPECT_EQ(code_of(journal->reach(Milestone::made)), "ok");
    EXPECT_EQ(office.state_of(1), CardState::live);
}

/// The journal has the end, the register learns it when there is room: by trying again, by looking
/// at the chip, or when the daemon starts.
TEST_F(FullDiskTest, AnEndIsNeverLost) {
    std::size_t const first = [this] {
        auto const begun = office.makings().begin(making_for(2, li_si), false);
        return content_of_file(office.journal(2)).size() - 1;
    }();
    for (std::size_t const size : sizes(first)) {
        auto begun = office.makings().begin(making_for(1, zhang_san), true);
        ASSERT_EQ(code_of(begun), "ok");
        std::string_view code;
        {
            FullDisk const disk{size};
            code = code_of(begun.value()->reach(Milestone::made));
        }
        if (code != "ok") {
            ++failures;
            ASSERT_EQ(code, "journal_failed") << size;
            ASSERT_EQ(office.state_of(1), CardState::in_making) << size;
            if (size % 2 == 0) {
                ASSERT_EQ(code_of(begun.value()->reach(Milestone::made)), "ok") << size;
            }
        }
        begun.value().reset();
        bool const is_still_open = found().has_value(); // its last line was not written
        if (is_still_open) {
            auto again = office.makings().go_on(chip_bytes(1));
            ASSERT_EQ(code_of(again.value()->reach(Milestone::made)), "ok") << size;
        }
        ASSERT_EQ(office.state_of(1), CardState::live) << size;
        ASSERT_FALSE(std::filesystem::exists(office.journal(1))) << size;
    }
    EXPECT_GT(failures, 400 / point_distance);
}

TEST_F(FullDiskTest, ADaemonStartsAllTheSameAndSettlesLater) {
    auto begun = office.makings().begin(making_for(1, zhang_san), false);
    std::string const beginning = content_of_file(office.journal(1));
    begun.value().reset();
    office.close();
    LineChain chain;
    ASSERT_TRUE(chain.unseal(std::string_view{beginning}.substr(0, beginning.size() - 1)));
    write_content(office.journal(1), beginning + chain.seal(line_content(Milestone::made, {})));
    auto const cards = CardRegister::open(office.register_file());
    ASSERT_EQ(code_of(cards), "ok");
    session::Outcome<std::unique_ptr<CardMakings>> makings = [&] {
        FullDisk const disk{0};
        return CardMakings::open(*cards.value(), office.directory() / "makings");
    }();
    ASSERT_EQ(code_of(makings), "ok");
    EXPECT_EQ(makings.value()->recovery().faults.size(), 1U);
    EXPECT_EQ(cards.value()->find(chip_text(1)).value()->state, CardState::in_making);
    EXPECT_FALSE(makings.value()->find(chip_bytes(1)).value());
    EXPECT_EQ(cards.value()->find(chip_text(1)).value()->state, CardState::live);
}

} // namespace
} // namespace store
