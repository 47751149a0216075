#include "host/api/worker_threads.hpp"

#include <system_error>
#include <utility>

namespace api {

void WorkerThreads::enqueue(std::function<void()> task) {
    std::lock_guard const lock{mutex_};
    tasks_.push_back(std::move(task));
    if (tasks_.size() > idle_ && threads_.size() < threads_max_) {
        begin_thread();
    }
    changed_.notify_one();
}

void WorkerThreads::begin_thread() {
    try {
        threads_.emplace_back([this] { work(); });
    } catch (std::system_error const&) { // the system has no more: those that there are go on
        if (threads_.empty()) {
            throw;
        }
    }
}

void WorkerThreads::shutdown() {
    {
        std::lock_guard const lock{mutex_};
        ends_ = true;
        changed_.notify_all();
    }
    for (std::thread& thread : threads_) {
        thread.join();
    }
}

/// Nothing when it is over.
std::function<void()> WorkerThreads::next() {
    std::unique_lock lock{mutex_};
    ++idle_;
    changed_.wait(lock, [this] { return ends_ || !tasks_.empty(); });
    --idle_;
    if (tasks_.empty()) {
        return {};
    }
    auto task = std::move(tasks_.front());
    tasks_.pop_front();
    return task;
}

void WorkerThreads::work() {
    while (auto const task = next()) {
        task();
    }
}

} // namespace api
