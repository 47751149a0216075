#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <optional>

namespace sscardd {

/// Slows whoever tries passphrases: after each wrong one nothing is taken for twice as long, from a
/// second to five minutes, until a right one. For one thread at a time.
class AttemptPace {
public:
    using Clock = std::chrono::steady_clock;
    static constexpr std::chrono::seconds wait_min{1};
    static constexpr std::chrono::seconds wait_max{300};

    /// `now` is the clock; a test has its own.
    explicit AttemptPace(std::function<Clock::time_point()> now = Clock::now)
        : now_{std::move(now)} {}

    /// Whole seconds until an attempt is taken; nothing when one is.
    [[nodiscard]] std::optional<std::chrono::seconds> wait() const {
        auto const left = std::chrono::ceil<std::chrono::seconds>(free_at_ - now_());
        return wrong_ == 0 || left.count() <= 0 ? std::nullopt : std::optional{left};
    }
    /// An attempt was wrong.
    void note_wrong() {
        std::chrono::seconds pause = wait_min;
        for (unsigned i = 0; i < wrong_ && pause < wait_max; ++i) {
            pause *= 2;
        }
        ++wrong_;
        free_at_ = now_() + std::min(pause, wait_max);
    }
    /// An attempt was right: the next one may come at once.
    void note_right() { wrong_ = 0; }

    /// Wrong attempts in a row.
    [[nodiscard]] unsigned wrong() const { return wrong_; }

private:
    std::function<Clock::time_point()> now_;
    Clock::time_point free_at_{};
    unsigned wrong_ = 0;
};

} // namespace sscardd
