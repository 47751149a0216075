#pragma once

#include "host/api/fault.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>

namespace batch {

/// What whoever runs a batch wishes of it, and why it halts by itself. Used by several threads.
class Signals {
public:
    /// Cards at hand are finished, no other is begun, and the batch ends.
    void stop();
    /// The same, because of a fault that would meet every card.
    void halt(api::Fault const& why);
    /// No card is begun until it goes on.
    void pause(bool is_paused);

    /// After stop() or halt().
    [[nodiscard]] bool stops() const;
    /// What pause() said last.
    [[nodiscard]] bool is_paused() const;
    /// The first fault that halted it.
    [[nodiscard]] std::optional<api::Fault> halted_by() const;

    /// Waits that long, or until the batch is to stop.
    void wait_for(std::chrono::milliseconds time);

private:
    mutable std::mutex mutex_{};
    std::condition_variable changed_{};
    bool stops_ = false;
    bool is_paused_ = false;
    std::optional<api::Fault> halted_by_{};
};

} // namespace batch
