#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace stm32l476 {

/// What an interrupt has received and the main loop has not taken yet: bytes, each with a flag. One
/// puts, one takes; neither waits.
template <std::size_t capacity>
class ReceivedRing {
public:
    /// A byte, and what is wrong with it.
    struct Entry {
        std::uint8_t value;
        bool is_wrong;
    };

    /// For the interrupt. False: it is full, and the byte is lost.
    bool put(Entry entry) {
        std::size_t const last = last_.load(std::memory_order_relaxed);
        std::size_t const after = next(last);
        if (after == first_.load(std::memory_order_acquire)) {
            return false;
        }
        entries_[last] = entry;
        last_.store(after, std::memory_order_release);
        return true;
    }

    /// For the main loop; nothing where it is empty.
    std::optional<Entry> take() {
        std::size_t const first = first_.load(std::memory_order_relaxed);
        if (first == last_.load(std::memory_order_acquire)) {
            return std::nullopt;
        }
        Entry const entry = entries_[first];
        entries_[first] = {}; // it may have been secret
        first_.store(next(first), std::memory_order_release);
        return entry;
    }

    /// For the main loop: nothing of what came is left.
    void clear() {
        for (std::size_t i = 0; i <= capacity && take(); ++i) {}
    }

private:
    static constexpr std::size_t next(std::size_t at) { return at == capacity ? 0 : at + 1; }

    std::array<Entry, capacity + 1> entries_{};
    std::atomic<std::size_t> first_ = 0;
    std::atomic<std::size_t> last_ = 0;
};

} // namespace stm32l476
