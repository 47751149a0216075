#include "host/virtual/stop_event.hpp"

#include "apdu/require.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

namespace virtual_card {
namespace {

using Clock = std::chrono::steady_clock;

/// @returns true when it could be read within that time; none: for ever.
bool is_readable(int descriptor, std::optional<std::chrono::nanoseconds> timeout) {
    constexpr std::int64_t ns_per_second = 1'000'000'000;
    pollfd waiting{descriptor, POLLIN, 0};
    timespec time{};
    if (timeout) {
        time.tv_sec = timeout->count() / ns_per_second;
        time.tv_nsec = timeout->count() % ns_per_second;
    }
    return ::ppoll(&waiting, 1, timeout ? &time : nullptr, nullptr) > 0;
}

} // namespace

StopEvent::StopEvent() : descriptor_{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)} {
    apdu::require(descriptor_ >= 0);
}

StopEvent::~StopEvent() { (void)::close(descriptor_); }

void StopEvent::stop() {
    std::uint64_t const one = 1;
    (void)!::write(descriptor_, &one, sizeof one);
}

bool StopEvent::is_stopped() const { return is_readable(descriptor_, std::chrono::nanoseconds{0}); }

bool StopEvent::wait(std::optional<std::chrono::nanoseconds> duration) const {
    if (duration) {
        return wait_until(Clock::now() + *duration);
    }
    while (!is_readable(descriptor_, std::nullopt)) {}
    return false;
}

bool StopEvent::wait_until(Clock::time_point end) const {
    while (true) {
        auto const left = end - Clock::now();
        if (left.count() <= 0) {
            return !is_stopped();
        }
        if (is_readable(descriptor_, left)) {
            return false;
        }
    }
}

} // namespace virtual_card
