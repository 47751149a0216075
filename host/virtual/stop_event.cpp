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

bool is_readable(int descriptor, int timeout_ms) {
    pollfd waiting{descriptor, POLLIN, 0};
    return ::poll(&waiting, 1, timeout_ms) > 0;
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

bool StopEvent::is_stopped() const { return is_readable(descriptor_, 0); }

bool StopEvent::wait(std::optional<std::chrono::milliseconds> duration) const {
    auto const end = Clock::now() + duration.value_or(std::chrono::milliseconds{0});
    while (true) {
        int timeout_ms = -1;
        if (duration) {
            auto const left =
                std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
            if (left.count() <= 0) {
                return !is_stopped();
            }
            timeout_ms = static_cast<int>(left.count());
        }
        if (is_readable(descriptor_, timeout_ms)) {
            return false;
        }
    }
}

} // namespace virtual_card
