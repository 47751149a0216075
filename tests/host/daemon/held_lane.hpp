#pragma once

#include "desk.hpp"

#include <gtest/gtest.h>

#include <future>

namespace sscardd {

/// A job that does nothing.
inline std::shared_ptr<LaneJob> quick_job(Priority priority = Priority::holder) {
    return std::make_shared<LaneJob>([](LaneTools const&, LaneJob&) { return std::nullopt; },
                                     JobTraits{"nothing", priority});
}

/// A lane that a job holds until release().
class HeldLane {
public:
    explicit HeldLane(std::shared_ptr<ReaderLane> lane) : lane_{std::move(lane)} {
        EXPECT_EQ(lane_->submit(holding_), ReaderLane::Submission::accepted);
        started_.get_future().wait();
    }
    [[nodiscard]] ReaderLane& lane() { return *lane_; }
    void release() {
        gate_.set_value();
        TestCaller caller;
        EXPECT_EQ(holding_->wait(caller), JobEnd::done);
    }

private:
    std::shared_ptr<ReaderLane> lane_;
    std::promise<void> started_{};
    std::promise<void> gate_{};
    std::shared_ptr<LaneJob> holding_ = std::make_shared<LaneJob>(
        [this](auto const&, LaneJob& job) {
            job.tell({3, 7, "hold", "占"});
            started_.set_value();
            gate_.get_future().wait();
            return std::nullopt;
        },
        JobTraits{"hold"});
};

} // namespace sscardd
