#include "tests/host/store/store_office.hpp"
#include "tests/sanitized.hpp"

namespace store {
namespace {

using personalization::Milestone;

/// A journal on the disk, damaged in each way that one byte or a cut can damage it.
class JournalDamage : public testing::Test {
public:
    JournalDamage() {
        auto journal = office.makings().begin(making_for(1, zhang_san), false).value();
        for (std::size_t number = 1; number <= 3; ++number) {
            apdu::require(journal->ahead(command_ahead(number)).ok());
        }
        apdu::require(journal->reach(Milestone::structure_made).ok());
        structure_made_at = content_of_file(office.journal(1)).size();
        apdu::require(journal->ahead(command_ahead(1)).ok());
        journal.reset();
        whole = content_of_file(office.journal(1));
        beginning_size = whole.find('\n') + 1;
    }

    /// What is found is the making and no later milestone than is safe in the first `good` bytes;
    /// and the making can be gone on with.
    void expect_safe(std::string_view text, std::size_t good) {
        write_content(office.journal(1), text);
        auto const found = office.makings().find(chip_bytes(1));
        if (good < beginning_size) {
            ASSERT_EQ(code_of(found), "journal_damaged");
            return;
        }
        ASSERT_EQ(code_of(found), "ok");
        ASSERT_TRUE(found.value());
        EXPECT_EQ(found.value()->making, making_for(1, zhang_san));
        EXPECT_EQ(found.value()->reached,
                  good < structure_made_at ? Milestone::begun : Milestone::structure_made);
        auto journal = office.makings().go_on(chip_bytes(1));
        ASSERT_EQ(code_of(journal), "ok");
        EXPECT_EQ(code_of(journal.value()->ahead(command_ahead(7))), "ok");
        journal.value().reset();
        EXPECT_EQ(office.makings().find(chip_bytes(1)).value()->reached, found.value()->reached);
    }

    StoreOffice office{};
    std::string whole;
    std::size_t beginning_size;
    std::size_t structure_made_at;
};

TEST_F(JournalDamage, CutOffAtEachByte) {
    for (std::size_t size = 0; size <= whole.size(); ++size) {
        expect_safe(std::string_view{whole}.substr(0, size), size);
        ASSERT_FALSE(HasFailure()) << size;
    }
}

TEST_F(JournalDamage, EachBitFlipped) {
    for (std::size_t bit = 0; bit < 8 * whole.size(); bit += point_distance) {
        std::string text = whole;
        char& byte = text.at(bit / 8);
        byte = static_cast<char>(static_cast<std::uint8_t>(byte) ^ (1U << (bit % 8)));
        expect_safe(text, bit / 8);
        ASSERT_FALSE(HasFailure()) << bit;
    }
}

TEST_F(JournalDamage, APowerCutMayLoseTheCommandsButNotTheMaking) {
    write_content(office.journal(1), std::string_view{whole}.substr(0, beginning_size));
    office.open();
    auto const found = office.makings().find(chip_bytes(1));
    ASSERT_EQ(code_of(found), "ok");
    ASSERT_TRUE(found.value()) << "the chip may have been touched";
    EXPECT_EQ(found.value()->making, making_for(1, zhang_san));
}

} // namespace
} // namespace store
