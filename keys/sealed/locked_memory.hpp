#pragma once

#include "keys/sealed/store_fault.hpp"

#include "apdu/bytes.hpp"

namespace keys::sealed {

/// Bytes that never reach a disk: locked into memory, in no core dump, in no child process, and
/// wiped when the object goes. Move-only. They begin as zeros, at the start of a page.
class LockedMemory {
public:
    /// Faults: memory_unlocked (RLIMIT_MEMLOCK is too low), sealing_failed (there is no memory).
    [[nodiscard]] static StoreResult<LockedMemory> take(std::size_t size);

    LockedMemory(LockedMemory const&) = delete;
    LockedMemory& operator=(LockedMemory const&) = delete;
    LockedMemory(LockedMemory&& from) noexcept;
    LockedMemory& operator=(LockedMemory&& from) noexcept;
    ~LockedMemory();

    /// The bytes, for reading and writing; valid for as long as the object is.
    [[nodiscard]] apdu::ByteSpan bytes() const { return {start_, size_}; }

private:
    LockedMemory(std::uint8_t* start, std::size_t size) : start_{start}, size_{size} {}
    void give_back();
    std::uint8_t* start_ = nullptr;
    std::size_t size_ = 0;
};

} // namespace keys::sealed
