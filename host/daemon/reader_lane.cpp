#include "host/daemon/reader_lane.hpp"

namespace sscardd {

ReaderLane::ReaderLane(std::string reader, CardSourceMaker cards, KeyServiceMaker keys)
    : reader_{std::move(reader)}, cards_{std::move(cards)}, keys_{std::move(keys)}, thread_{[this] {
          work();
      }} {}

ReaderLane::~ReaderLane() {
    {
        std::lock_guard const lock{mutex_};
        ends_ = true;
        changed_.notify_all();
    }
    thread_.join();
    for (auto const& job : queue_) {
        job->give_up();
    }
}

bool ReaderLane::submit(std::shared_ptr<LaneJob> job) {
    std::lock_guard const lock{mutex_};
    if (queue_.size() >= lane_queue_max) {
        return false;
    }
    queue_.push_back(std::move(job));
    changed_.notify_all();
    return true;
}

std::shared_ptr<LaneJob> ReaderLane::next() {
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [this] { return ends_ || !queue_.empty(); });
    if (ends_) {
        return nullptr;
    }
    auto job = std::move(queue_.front());
    queue_.pop_front();
    return job;
}

void ReaderLane::work() {
    auto const cards = cards_();
    auto const keys = keys_();
    LaneTools const tools{*cards, keys.get()};
    while (auto const job = next()) {
        job->run(tools);
    }
}

} // namespace sscardd
