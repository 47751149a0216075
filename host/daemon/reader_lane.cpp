#include "host/daemon/reader_lane.hpp"

#include "host/daemon/moment_text.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <system_error>

namespace sscardd {
namespace {

/// What a lane's jobs work with. The way to cards is made for the first job and kept: where making
/// it fails, the next one tries again. Keys are those at hand when a job begins.
class LaneToolbox {
public:
    explicit LaneToolbox(LaneParts const& parts) : parts_{parts} {}
    [[nodiscard]] LaneTools tools(JobTraits const& job) {
        if (!cards_) {
            cards_ = parts_.cards();
        }
        keys_.emplace(parts_.keys(job));
        return {*cards_, keys_->service.get(), keys_->are_locked, keys_->trouble, keys_->versions};
    }
    /// The job is done: keys that were locked meanwhile are wiped.
    void let_go_of_keys() { keys_.reset(); }

private:
    LaneParts const& parts_;
    std::optional<LaneKeys> keys_{};
    std::unique_ptr<CardSource> cards_{};
};

} // namespace

ReaderLane::ReaderLane(std::string reader, LaneParts const& parts,
                       std::shared_ptr<LaneRecord> record)
    : reader_{std::move(reader)}, parts_{parts}, record_{std::move(record)} {}

ReaderLane::~ReaderLane() {
    close();
    if (thread_.joinable()) {
        thread_.join();
    }
}

bool ReaderLane::begin_thread() {
    try {
        thread_ = std::thread{[this] { work(); }};
        return true;
    } catch (std::system_error const& error) {
        spdlog::error("{}: no thread for its lane: {}", reader_, error.what());
        return false;
    }
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
        return one.job->traits().priority == Priority::batch;
    };
    bool const is_batch = job->traits().priority == Priority::batch;
    auto const batch = std::count_if(queue_.begin(), queue_.end(), is_of_batch);
    if (queue_.size() >= lane_queue_max ||
        (is_batch && static_cast<std::size_t>(batch) >= lane_batch_max)) {
        return Submission::full;
    }
    if (!thread_.joinable() && !begin_thread()) {
        note(*job, {.exception = "std::system_error"});
        return Submission::no_thread;
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
    JobEnd const end = job.wait(caller, parts_.times);
    std::lock_guard const lock{mutex_};
    if (end == JobEnd::hanging && running_.get() == &job) {
        spdlog::error("{}: the reader hangs; its lane is closed until it answers", reader_);
        record_->note_fault(api::code::reader_hangs);
        tell(api::EventKind::reader_hangs, job);
        give_up_waiting(JobEnd::hanging);
    }
    return end;
}

void ReaderLane::close() {
    std::lock_guard const lock{mutex_};
    ends_ = true;
    has_ended_ = has_ended_ || !thread_.joinable();
    give_up_waiting(JobEnd::left_alone);
    changed_.notify_all();
}

void ReaderLane::hurry() {
    std::lock_guard const lock{mutex_};
    if (running_) {
        running_->hurry(parts_.times.call_max_at_end);
    }
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
    JobStatus const status = running_ ? running_->status(parts_.times.call_max) : JobStatus{};
    if (running_ && !status.is_over) {
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
    return running_ && running_->status(parts_.times.call_max).hangs_since.has_value();
}

void ReaderLane::give_up_waiting(JobEnd why) {
    for (Waiting const& one : queue_) {
        one.job->give_up(why);
    }
    queue_.clear();
}

std::shared_ptr<LaneJob> ReaderLane::take_first() {
    auto job = std::move(queue_.front().job);
    queue_.pop_front();
    if (parts_.leases.refusal(reader_, job->traits().lease)) { // given away while it waited
        job->give_up(JobEnd::leased);
    }
    return job->begin() ? job : nullptr;
}

std::shared_ptr<LaneJob> ReaderLane::next() {
    std::unique_lock lock{mutex_};
    running_.reset();
    while (!running_) {
        changed_.wait(lock, [this] { return ends_ || !queue_.empty(); });
        if (ends_) {
            return nullptr;
        }
        running_ = take_first();
    }
    return running_;
}

void ReaderLane::tell(api::EventKind kind, LaneJob const& job, std::optional<std::string> fault) {
    parts_.events.add(kind, {reader_, job.traits().operation, std::move(fault)});
}

void ReaderLane::note(LaneJob const& job, LaneJob::Ran const& ran) {
    if (ran.was_left_behind) {
        tell(api::EventKind::reader_answers, job);
    } else if (!ran.exception.empty()) {
        spdlog::error("{}: {}: {} was thrown", reader_, job.traits().operation, ran.exception);
        record_->note_fault(api::code::internal_fault);
        tell(api::EventKind::job_failed, job, std::string{api::code::internal_fault});
    } else if (ran.fault) {
        std::string const code{session::to_text(*ran.fault)};
        record_->note_fault(code);
        tell(api::EventKind::job_failed, job, code);
    } else {
        record_->note_done();
        tell(api::EventKind::job_done, job);
    }
}

void ReaderLane::work() {
    {
        LaneToolbox toolbox{parts_}; // letting go of pcscd may hang like any call of it
        while (auto const job = next()) {
            tell(api::EventKind::job_begun, *job);
            job->run([&] { return toolbox.tools(job->traits()); },
                     [&](LaneJob::Ran const& ran) { note(*job, ran); });
            toolbox.let_go_of_keys();
        }
    }
    std::lock_guard const lock{mutex_};
    has_ended_ = true;
}

} // namespace sscardd
