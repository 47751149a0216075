#include "firmware/boards/linux/process_system.hpp"

#include <algorithm>
#include <cstdlib>
#include <poll.h>
#include <string_view>
#include <sys/prctl.h>
#include <unistd.h>
#include <utility>

namespace linux_board {
namespace {

constexpr char const* restarted = "KIOSK_TERMINAL_RESTARTED";
constexpr std::string_view chip_text = "linux-board0";
constexpr unsigned look_each = 256;
constexpr long idle_ns = 1'000'000;

} // namespace

ProcessSystem::ProcessSystem(char** arguments, Descriptors descriptors,
                             std::filesystem::path tamper_file, bool spins)
    : arguments_{arguments}, descriptors_{std::move(descriptors)},
      tamper_file_{std::move(tamper_file)}, spins_{spins}, reason_{
                                                               std::getenv(restarted) == nullptr
                                                                   ? hal::StartReason::power
                                                                   : hal::StartReason::restart} {
    std::copy_n(chip_text.begin(), chip_.size(), chip_.begin());
    (void)::prctl(PR_SET_TIMERSLACK, 1UL);
}

bool ProcessSystem::is_tampered() {
    if (until_look_ == 0) {
        std::error_code ignored;
        is_tampered_ = is_tampered_ || std::filesystem::exists(tamper_file_, ignored);
        until_look_ = look_each;
    }
    --until_look_;
    return is_tampered_;
}

bool ProcessSystem::clear_tamper() {
    std::error_code ignored;
    is_tampered_ = std::filesystem::exists(tamper_file_, ignored);
    return !is_tampered_;
}

void ProcessSystem::idle() {
    if (spins_) {
        return;
    }
    std::vector<pollfd> polled;
    for (int const descriptor : descriptors_()) {
        polled.push_back({descriptor, POLLIN, 0});
    }
    timespec const span{0, idle_ns};
    (void)::ppoll(polled.data(), polled.size(), &span, nullptr);
}

void ProcessSystem::restart() {
    (void)::setenv(restarted, "1", 1);
    (void)::execv("/proc/self/exe", arguments_);
    std::_Exit(EXIT_FAILURE);
}

} // namespace linux_board
