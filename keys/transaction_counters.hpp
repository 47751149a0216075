#pragma once

#include "keys/dukpt.hpp"

namespace keys {

/// What became of a terminal's transaction counter.
enum class CounterAnswer : std::uint8_t {
    accepted,     ///< higher than any before; it is remembered
    used_before,  ///< it, or a higher one, was accepted before
    not_recorded, ///< it cannot be remembered, so it must not be used
};

/// Remembers the last transaction counter of each terminal, so that no PIN block is accepted twice.
/// All services that accept a terminal's blocks ask the same one. What must outlive a restart is
/// the implementation's matter.
class TransactionCounters {
public:
    TransactionCounters() = default;
    TransactionCounters(TransactionCounters const&) = delete;
    TransactionCounters& operator=(TransactionCounters const&) = delete;
    virtual ~TransactionCounters() = default;

    /// Uses that counter up: once accepted, neither it nor a lower one is again.
    [[nodiscard]] virtual CounterAnswer use(InitialKeyId const& terminal,
                                            std::uint32_t counter) = 0;
};

/// In memory, for one user at a time: a restart forgets all, so it is for trials and tests.
class CountersInMemory final : public TransactionCounters {
public:
    /// Terminals that it can remember.
    static constexpr std::size_t terminals_max = 64;

    [[nodiscard]] CounterAnswer use(InitialKeyId const& terminal, std::uint32_t counter) override {
        for (Entry& entry : std::span{entries_}.first(size_)) {
            if (entry.terminal == terminal) {
                if (counter <= entry.last) {
                    return CounterAnswer::used_before;
                }
                entry.last = counter;
                return CounterAnswer::accepted;
            }
        }
        if (size_ == terminals_max) {
            return CounterAnswer::not_recorded;
        }
        entries_[size_] = {terminal, counter};
        ++size_;
        return CounterAnswer::accepted;
    }

private:
    struct Entry {
        InitialKeyId terminal;
        std::uint32_t last;
    };
    std::array<Entry, terminals_max> entries_{};
    std::size_t size_ = 0;
};

} // namespace keys
