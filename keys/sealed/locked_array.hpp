#pragma once

#include "keys/sealed/locked_memory.hpp"

#include <algorithm>
#include <memory>
#include <new>

namespace keys::sealed {

/// Values with secrets in them, in locked memory; each is destroyed, and so wiped, with the array.
template <typename T>
class LockedArray {
public:
    /// Room for `count` values. Faults: those of LockedMemory.
    [[nodiscard]] static StoreResult<LockedArray> with_room(std::size_t count) {
        auto memory = LockedMemory::take(std::max(count, std::size_t{1}) * sizeof(T));
        if (!memory.ok()) {
            return memory.error();
        }
        return LockedArray{std::move(memory).value(), count};
    }
    LockedArray(LockedArray const&) = delete;
    LockedArray& operator=(LockedArray const&) = delete;
    LockedArray(LockedArray&& from) noexcept
        : memory_{std::move(from.memory_)}, room_{from.room_}, count_{
                                                                   std::exchange(from.count_, 0)} {}
    LockedArray& operator=(LockedArray&&) = delete;
    ~LockedArray() {
        if (count_ > 0) {
            std::destroy_n(first(), count_);
        }
    }

    /// Takes one more. require: there is room.
    void add(T&& value) {
        apdu::require(count_ < room_);
        new (memory_.bytes().data() + count_ * sizeof(T)) T{std::move(value)};
        ++count_;
    }
    /// Valid for as long as the array is and nothing is added.
    [[nodiscard]] std::span<T const> values() const {
        return count_ == 0 ? std::span<T const>{} : std::span<T const>{first(), count_};
    }

private:
    LockedArray(LockedMemory memory, std::size_t room) : memory_{std::move(memory)}, room_{room} {}
    [[nodiscard]] T* first() const {
        return std::launder(reinterpret_cast<T*>(memory_.bytes().data()));
    }
    LockedMemory memory_;
    std::size_t room_;
    std::size_t count_ = 0;
};

} // namespace keys::sealed
