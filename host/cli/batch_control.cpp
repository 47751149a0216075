#include "host/cli/batch_control.hpp"

#include <array>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <poll.h>
#include <string_view>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace cli {
namespace {

sigset_t steering_signals() {
    sigset_t set;
    sigemptyset(&set);
    for (int const signal : {SIGINT, SIGTERM, SIGUSR1, SIGUSR2}) {
        sigaddset(&set, signal);
    }
    return set;
}

} // namespace

BatchControl::BatchControl(batch::Signals& signals, std::function<void(char const*)> told)
    : signals_{signals}, told_{std::move(told)}, is_terminal_{isatty(STDIN_FILENO) == 1} {
    sigset_t const set = steering_signals();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    signal_descriptor_ = signalfd(-1, &set, SFD_CLOEXEC);
    end_descriptor_ = eventfd(0, EFD_CLOEXEC);
    thread_ = std::thread{[this] { listen(); }};
}

BatchControl::~BatchControl() {
    std::uint64_t const one = 1;
    (void)!write(end_descriptor_, &one, sizeof one);
    thread_.join();
    close(signal_descriptor_);
    close(end_descriptor_);
    sigset_t const set = steering_signals();
    pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

void BatchControl::listen() {
    std::array<pollfd, 3> waits{{{end_descriptor_, POLLIN, 0},
                                 {signal_descriptor_, POLLIN, 0},
                                 {is_terminal_ ? STDIN_FILENO : -1, POLLIN, 0}}};
    while (poll(waits.data(), waits.size(), -1) >= 0 && waits[0].revents == 0) {
        if (waits[1].revents != 0) {
            hear_signal();
        }
        if (waits[2].revents != 0) {
            hear_line();
        }
    }
}

void BatchControl::hear_signal() {
    signalfd_siginfo signal{};
    if (read(signal_descriptor_, &signal, sizeof signal) != sizeof signal) {
        return;
    }
    switch (signal.ssi_signo) {
    case SIGUSR1:
        pause(true);
        break;
    case SIGUSR2:
        pause(false);
        break;
    default:
        if (was_stopped_) {
            _exit(128 + static_cast<int>(signal.ssi_signo)); // meant; the daemon's journal knows
        }
        stop();
        break;
    }
}

void BatchControl::hear_line() {
    std::array<char, 256> line{};
    auto const size = read(STDIN_FILENO, line.data(), line.size());
    if (size <= 0) {
        is_terminal_ = false;
        return;
    }
    switch (line.front()) {
    case 'p':
        pause(true);
        break;
    case 'g':
        pause(false);
        break;
    case 'q':
        stop();
        break;
    default:
        break;
    }
}

void BatchControl::stop() {
    was_stopped_ = true;
    signals_.stop();
    told_("stop");
}

void BatchControl::pause(bool is_paused) {
    signals_.pause(is_paused);
    told_(is_paused ? "pause" : "go on");
}

} // namespace cli
