#pragma once

#include <chrono>
#include <optional>

namespace virtual_card {

/// The wish to end, told by one thread to all others.
class StopEvent {
public:
    StopEvent();
    StopEvent(StopEvent const&) = delete;
    StopEvent& operator=(StopEvent const&) = delete;
    ~StopEvent();

    /// From any thread, as often as one likes.
    void stop();

    /// True once stop() was called.
    [[nodiscard]] bool is_stopped() const;

    /// Waits for `duration`, or without one for ever. @returns false when the stop came first.
    bool wait(std::optional<std::chrono::nanoseconds> duration) const;

    /// Waits until that time, as exactly as the kernel can. @returns false when the stop came
    /// first.
    bool wait_until(std::chrono::steady_clock::time_point end) const;

    /// Readable once stopped; for poll().
    [[nodiscard]] int descriptor() const { return descriptor_; }

private:
    int descriptor_;
};

} // namespace virtual_card
