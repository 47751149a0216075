#pragma once

#include <array>
#include <cstddef>
#include <optional>

namespace streams {

/// The first `size` values that are put in and not yet taken.
template <typename Value, std::size_t size>
class Ring {
public:
    /// False: there is no room for it.
    [[nodiscard]] bool put(Value value) {
        if (count_ == size) {
            return false;
        }
        values_[(first_ + count_) % size] = value;
        ++count_;
        return true;
    }
    /// The oldest, which stays; nothing where there is none.
    [[nodiscard]] std::optional<Value> front() const {
        return count_ == 0 ? std::nullopt : std::optional{values_[first_]};
    }
    /// Takes the oldest out.
    std::optional<Value> take() {
        auto const value = front();
        if (value) {
            first_ = (first_ + 1) % size;
            --count_;
        }
        return value;
    }
    void clear() { count_ = 0; }
    [[nodiscard]] bool is_empty() const { return count_ == 0; }
    /// How many more there is room for.
    [[nodiscard]] std::size_t room() const { return size - count_; }

private:
    std::array<Value, size> values_{};
    std::size_t first_ = 0;
    std::size_t count_ = 0;
};

} // namespace streams
