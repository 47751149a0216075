#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

namespace cortex_m {

/// Values from an interrupt to the main loop, or the other way; one end puts in, one takes out.
template <typename Value, std::size_t size>
class InterruptRing {
    static_assert((size & (size - 1)) == 0, "counters run over");

public:
    /// False: there is no room.
    bool put(Value value) {
        std::uint32_t const end = end_.load(std::memory_order_relaxed);
        if (end - begin_.load(std::memory_order_acquire) == size) {
            return false;
        }
        values_[end % size] = value;
        end_.store(end + 1, std::memory_order_release);
        return true;
    }
    /// The oldest; nothing where there is none.
    std::optional<Value> take() {
        std::uint32_t const begin = begin_.load(std::memory_order_relaxed);
        if (begin == end_.load(std::memory_order_acquire)) {
            return std::nullopt;
        }
        Value const value = std::exchange(values_[begin % size], Value{}); // it may be a PIN's
        begin_.store(begin + 1, std::memory_order_release);
        return value;
    }
    [[nodiscard]] bool is_full() const {
        return end_.load(std::memory_order_relaxed) - begin_.load(std::memory_order_acquire) ==
               size;
    }
    [[nodiscard]] bool is_empty() const {
        return end_.load(std::memory_order_relaxed) == begin_.load(std::memory_order_relaxed);
    }
    /// Forgets all that is in it. Only of the end that takes out.
    void clear() {
        while (take()) {}
    }

private:
    std::array<Value, size> values_{};
    std::atomic<std::uint32_t> begin_{0};
    std::atomic<std::uint32_t> end_{0};
};

} // namespace cortex_m
