#pragma once

#include <httplib.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

namespace api {

/// Threads that serve connections. One more begins when a connection comes and none is idle, up to
/// a limit; from then on connections wait for their turn.
class WorkerThreads final : public httplib::TaskQueue {
public:
    explicit WorkerThreads(std::size_t threads_max) : threads_max_{threads_max} {}
    WorkerThreads(WorkerThreads const&) = delete;
    WorkerThreads& operator=(WorkerThreads const&) = delete;
    ~WorkerThreads() override = default;

    /// Has a thread do it. Not after shutdown().
    void enqueue(std::function<void()> task) override;

    /// Returns when everything that was enqueued is done. Once, before the object goes.
    void shutdown() override;

private:
    void begin_thread();
    void work();
    [[nodiscard]] std::function<void()> next();

    std::size_t threads_max_;
    std::mutex mutex_{};
    std::condition_variable changed_{};
    std::deque<std::function<void()>> tasks_{};
    std::vector<std::thread> threads_{};
    std::size_t idle_ = 0;
    bool ends_ = false;
};

} // namespace api
