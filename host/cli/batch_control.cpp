#include "host/cli/batch_control.hpp"

#include <array>
#include <cerrno>
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

/// How often a batch in the background looks whether it has come to the foreground.
constexpr int foreground_check_ms = 500;

/// Those that the program was not started to ignore, as by nohup.
sigset_t steering_signals() {
    sigset_t set;
    sigemptyset(&set);
    for (int const signal : {SIGINT, SIGTERM, SIGHUP, SIGUSR1, SIGUSR2}) {
        struct sigaction action {};
        if (sigaction(signal, nullptr, &action) == 0 && action.sa_handler != SIG_IGN) {
            sigaddset(&set, signal);
        }
    }
    return set;
}

/// What is typed then is for another program, and reading it would stop this one.
bool is_in_background() {
    pid_t const foreground = tcgetpgrp(STDIN_FILENO);
    return foreground >= 0 && foreground != getpgrp();
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
    sigset_t reading; // a read that comes too late for the foreground then fails and stops nothing
    sigemptyset(&reading);
    sigaddset(&reading, SIGTTIN);
    pthread_sigmask(SIG_BLOCK, &reading, nullptr);
    std::array<pollfd, 3> waits{
        {{end_descriptor_, POLLIN, 0}, {signal_descriptor_, POLLIN, 0}, {-1, POLLIN, 0}}};
    while (waits[0].revents == 0) {
        bool const hears = is_terminal_ && !is_in_background();
        waits[2].fd = hears ? STDIN_FILENO : -1;
        int const count =
            poll(waits.data(), waits.size(), is_terminal_ && !hears ? foreground_check_ms : -1);
        if (count < 0 && errno != EINTR) {
            return;
        }
        if (count > 0 && waits[1].revents != 0) {
            hear_signal();
        }
        if (count > 0 && waits[2].revents != 0) {
            hear_terminal((waits[2].revents & (POLLHUP | POLLERR | POLLNVAL)) != 0);
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
    case SIGHUP: // comes from the terminal and from the shell: two are no wish to end at once
        if (!signals_.stops()) {
            signals_.stop();
            told_("stop");
        }
        break;
    default:
        if (was_stopped_) {
            _exit(128 + static_cast<int>(signal.ssi_signo)); // meant; the daemon's journal knows
        }
        stop();
        break;
    }
}

void BatchControl::hear_terminal(bool is_gone) {
    std::array<char, 256> line{};
    if (!is_gone && is_in_background()) {
        return;
    }
    auto const size = is_gone ? -1 : read(STDIN_FILENO, line.data(), line.size());
    if (size <= 0) {
        // The terminal's end of file is typed, and no end; a hang-up is.
        is_terminal_ = size == 0 || (!is_gone && is_in_background());
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
