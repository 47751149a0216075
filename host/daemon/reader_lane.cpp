#include "host/daemon/reader_lane.hpp"

namespace sscardd {

ReaderLane::ReaderLane(std::string reader, CardSourceMaker cards, KeyServiceMaker keys)
    : reader_{std::move(reader)}, cards_{std::move(cards)}, keys_{std::move(keys)}, thread_{[this] {
          work();
      }} {}

ReaderLane::~ReaderLane() {
    close();
    thread_.join();
}

ReaderLane::Submission ReaderLane::submit(std::shared_ptr<LaneJob> job) {
    std::lock_guard const lock{mutex_};
    if (ends_) {
        return Submission::closed;
    }
    if (queue_.size() >= lane_queue_max) {
        return Submission::full;
    }
    queue_.push_back(std::move(job));
    changed_.notify_all();
    return Submission::accepted;
}

void ReaderLane::close() {
    std::lock_guard const lock{mutex_};
    ends_ = true;
    for (auto const& job : queue_) {
        job->give_up();
    }
    queue_.clear();
    changed_.notify_all();
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
