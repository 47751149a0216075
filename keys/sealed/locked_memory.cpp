#include "keys/sealed/locked_memory.hpp"

#include "keys/secret_bytes.hpp"

#include <sys/mman.h>

#include <utility>

namespace keys::sealed {

StoreResult<LockedMemory> LockedMemory::take(std::size_t size) {
    apdu::require(size > 0);
    void* const start =
        ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (start == MAP_FAILED) {
        return StoreFault{StoreFaultCode::sealing_failed, "no memory"};
    }
    LockedMemory memory{static_cast<std::uint8_t*>(start), size};
    if (::mlock(start, size) != 0) {
        return StoreFault{StoreFaultCode::memory_unlocked, "RLIMIT_MEMLOCK"};
    }
    // Older kernels may not know these; dumps are switched off for the whole process besides.
    (void)::madvise(start, size, MADV_DONTDUMP);
    (void)::madvise(start, size, MADV_DONTFORK);
    return memory;
}

LockedMemory::LockedMemory(LockedMemory&& from) noexcept
    : start_{std::exchange(from.start_, nullptr)}, size_{std::exchange(from.size_, 0)} {}

LockedMemory& LockedMemory::operator=(LockedMemory&& from) noexcept {
    if (this != &from) {
        give_back();
        start_ = std::exchange(from.start_, nullptr);
        size_ = std::exchange(from.size_, 0);
    }
    return *this;
}

LockedMemory::~LockedMemory() { give_back(); }

void LockedMemory::give_back() {
    if (start_ != nullptr) {
        wipe(bytes());
        (void)::munmap(start_, size_); // unlocks too
    }
}

} // namespace keys::sealed
