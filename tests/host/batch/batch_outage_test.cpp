// A batch without what it needs: readers, the daemon, the PC/SC service.
#include "tests/host/batch/fed_batch.hpp"

namespace batch {
namespace {

TEST_F(ABatch, HaltsWhereNoReaderHasTheNameThatWasSaid) {
    put("Desk 1", {"A"});
    put("Kiosk", {"B"});
    policy.readers = {"Dsek"};
    policy.outage_max = std::chrono::milliseconds{0};
    run(1);
    EXPECT_EQ(waited_for, Lines{"unknown_reader Dsek (Desk 1; Kiosk)"});
    ASSERT_TRUE(run_->signals().halted_by());
    EXPECT_EQ(run_->signals().halted_by()->code, "unknown_reader");
    EXPECT_TRUE(office.made.empty());
}

TEST_F(ABatch, HaltsWithoutAReader) {
    policy.outage_max = std::chrono::milliseconds{0};
    run(1);
    EXPECT_EQ(waited_for, Lines{"no_reader "});
    ASSERT_TRUE(run_->signals().halted_by());
    EXPECT_EQ(run_->signals().halted_by()->code, "no_reader");
}

TEST_F(ABatch, TellsOfAReaderThatIsMissingAndWorksAtTheOthers) {
    put("Desk 1", {"A"});
    policy.readers = {"Desk 1", "Desk 2"};
    policy.outage_max = std::chrono::milliseconds{0};
    run(1);
    EXPECT_EQ(waited_for, Lines{"unknown_reader Desk 2 (Desk 1)"});
    EXPECT_EQ(office.made, Lines{"A a 2026-07"});
}

TEST_F(ABatch, WaitsForAReaderThatComes) {
    std::atomic<int> looks{0};
    auto const all = office.service.on<api::ReadersRequest>();
    office.service.on<api::ReadersRequest>() = [&](auto& request, auto& caller) {
        return ++looks < 3 ? api::Outcome<api::ReaderList>{api::ReaderList{}}
                           : all(request, caller);
    };
    put("R1", {"A"});
    run(1);
    EXPECT_EQ(waited_for, Lines{"no_reader "});
    EXPECT_EQ(results, Lines{"made a"});
}

TEST_F(ABatch, OutlivesAnOutage) {
    put("R1", {"A"});
    office.faults[chip("A")] = {"no_pcsc_service"};
    run(1);
    EXPECT_EQ(results, Lines{"made a"});
}

} // namespace
} // namespace batch
