#include "host/store/job_makings.hpp"

#include "tests/host/store/store_office.hpp"

namespace store {
namespace {

using personalization::Milestone;
using personalization::Stage;

class AJobsMakings : public testing::Test {
public:
    StoreOffice office;
};

TEST_F(AJobsMakings, AMakingKnowsItsBatch) {
    JobMakings batch{office.makings(), {.batch = "2026-07"}};
    ASSERT_EQ(code_of(batch.begin(making_for(1, zhang_san), false)), "ok");
    EXPECT_EQ(batch.find(chip_bytes(1)).value()->making, making_for(1, zhang_san));
    ASSERT_EQ(code_of(batch.go_on(chip_bytes(1)).value()->reach(Milestone::made)), "ok");
    EXPECT_EQ(office.entry_of(1)->batch, "2026-07");
}

/// A job that gives cards those keys.
MakingJob job_with(std::string const& keys) {
    return {.keys = [keys](personalization::Making const& /*making*/) { return keys; }};
}

TEST_F(AJobsMakings, ACardHasTheKeysThatItsStructureWasMadeWith) {
    auto making = making_for(1, "");
    making.stage = Stage::structure;
    JobMakings blanks{office.makings(), job_with("IRK/1/111111")};
    ASSERT_EQ(code_of(blanks.begin(making, false).value()->reach(Milestone::made)), "ok");
    EXPECT_EQ(office.entry_of(1)->keys, "IRK/1/111111");
    making = making_for(1, zhang_san);
    making.stage = Stage::data;
    JobMakings cards{office.makings(), job_with("IRK/1/222222")};
    ASSERT_EQ(code_of(cards.begin(making, false).value()->reach(Milestone::made)), "ok");
    EXPECT_EQ(office.entry_of(1)->keys, "IRK/1/111111") << "the data stage loads no keys";
    ASSERT_EQ(code_of(cards.begin(making_for(1, zhang_san), true).value()->reach(Milestone::made)),
              "ok");
    EXPECT_EQ(office.entry_of(1)->keys, "IRK/1/222222") << "made anew from the bare chip";
}

TEST_F(AJobsMakings, AStructureThatIsGoneOnWithIsMadeWithTheKeysOfThen) {
    JobMakings first{office.makings(), job_with("IRK/1/111111")};
    ASSERT_EQ(code_of(first.begin(making_for(1, zhang_san), false)), "ok");
    office.close();
    office.open();
    {
        JobMakings second{office.makings(), job_with("IRK/1/222222")};
        auto const journal = second.go_on(chip_bytes(1));
        ASSERT_EQ(code_of(journal), "ok");
        EXPECT_EQ(office.entry_of(1)->keys, "IRK/1/222222");
        ASSERT_EQ(code_of(journal.value()->reach(Milestone::structure_made)), "ok");
    }
    office.close();
    office.open();
    JobMakings third{office.makings(), job_with("IRK/1/333333")};
    auto const journal = third.go_on(chip_bytes(1));
    ASSERT_EQ(code_of(journal.value()->reach(Milestone::made)), "ok");
    EXPECT_EQ(office.entry_of(1)->keys, "IRK/1/222222") << "the structure was finished";
}

} // namespace
} // namespace store
