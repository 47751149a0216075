#include "host/daemon/reader_lane.hpp"

#include "host/daemon/moment_text.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace sscardd {

ReaderLane::ReaderLane(std::string reader, CardSourceMaker cards, KeyServiceMaker keys,
                       std::shared_ptr<LaneRecord> record, LaneTimes times)
    : reader_{std::move(reader)}, cards_{std::move(cards)}, keys_{std::move(keys)},
      record_{std::move(record)}, times_{times}, thread_{[this] { work(); }} {}

ReaderLane::~ReaderLane() {
    close();
    thread_.join();
}

ReaderLane::Submission ReaderLane::submit(std::shared_ptr<LaneJob> job) {
    std::lock_guard const lock{mutex_};
    if (ends_) {
        return Submission::closed;
    }
    if (hangs()) {
        return Submission::hanging;
    }
    std::erase_if(queue_, [](Waiting const& one) { return !one.job->is_waiting(); });
    auto const is_of_batch = [](Waiting const& one) {
        return one.job->priority() == Priority::batch;
    };
    bool const is_batch = job->priority() == Priority::batch;
    auto const batch = std::count_if(queue_.begin(), queue_.end(), is_of_batch);
    if (queue_.size() >= lane_queue_max ||
        (is_batch && static_cast<std::size_t>(batch) >= lane_batch_max)) {
        return Submission::full;
    }
    auto place = queue_.end();
    while (!is_batch && place != queue_.begin() && is_of_batch(*std::prev(place)) &&
           std::prev(place)->passed < lane_passed_max) {
        --place;
        ++place->passed;
    }
    queue_.insert(place, {std::move(job)});
    changed_.notify_all();
    return Submission::accepted;
}

JobEnd ReaderLane::wait_for(LaneJob& job, api::Caller& caller) {
    JobEnd const end = job.wait(caller, times_);
    std::lock_guard const lock{mutex_};
    if (end == JobEnd::hanging && running_.get() == &job) {
        spdlog::error("{}: the reader hangs; its lane is closed until it answers", reader_);
        record_->note_fault(api::code::reader_hangs);
        give_up_waiting(JobEnd::hanging);
    }
    return end;
}

void ReaderLane::close() {
    std::lock_guard const lock{mutex_};
    ends_ = true;
    give_up_waiting(JobEnd::left_alone);
    changed_.notify_all();
}

bool ReaderLane::has_ended() const {
    std::lock_guard const lock{mutex_};
    return has_ended_;
}

api::Lane ReaderLane::health() const {
    api::Lane lane;
    record_->tell(lane);
    std::lock_guard const lock{mutex_};
    lane.waiting = static_cast<std::uint32_t>(std::count_if(
        queue_.begin(), queue_.end(), [](Waiting const& one) { return one.job->is_waiting(); }));
    if (running_) {
        JobStatus const status = running_->status(times_.call_max);
        lane.state = status.hangs_since ? api::LaneState::hanging : api::LaneState::busy;
        lane.work = api::LaneWork{status.operation, moment_text(status.began), std::nullopt,
                                  status.progress.done, status.progress.total};
        if (status.hangs_since) {
            lane.work->hangs_since = moment_text(*status.hangs_since);
        }
    }
    return lane;
}

bool ReaderLane::hangs() const {
    return running_ && running_->status(times_.call_max).hangs_since.has_value();
}

void ReaderLane::give_up_waiting(JobEnd why) {
    for (Waiting const& one : queue_) {
        one.job->give_up(why);
    }
    queue_.clear();
}

std::shared_ptr<LaneJob> ReaderLane::next() {
    std::unique_lock lock{mutex_};
    running_.reset();
    changed_.wait(lock, [this] { return ends_ || !queue_.empty(); });
    if (ends_) {
        return nullptr;
    }
    running_ = std::move(queue_.front().job);
    queue_.pop_front();
    return running_;
}

void ReaderLane::note(LaneJob::Ran const& ran) {
    if (ran.is_done && ran.fault) {
        record_->note_fault(session::to_text(*ran.fault));
    } else if (ran.is_done) {
        record_->note_done();
    }
}

void ReaderLane::work() {
    {
        auto const cards = cards_(); // letting go of the PC/SC service may hang like any call of it
        auto const keys = keys_();
        LaneTools const tools{*cards, keys.get()};
        while (auto const job = next()) {
            note(job->run(tools));
        }
    }
    std::lock_guard const lock{mutex_};
    has_ended_ = true;
}

} // namespace sscardd
