#include "host/virtual/card_run.hpp"
#include "host/virtual/pad_run.hpp"

#include <csignal>
#include <thread>

namespace {

sigset_t ending_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    return signals;
}

} // namespace

int main(int argc, char** argv) {
    auto const command_line = virtual_card::parse_command_line(argc, argv);
    if (auto const* const exit = std::get_if<virtual_card::Exit>(&command_line)) {
        return exit->status;
    }
    // Blocked in all threads, so that one alone waits for them.
    sigset_t const signals = ending_signals();
    (void)pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    virtual_card::StopEvent stop;
    std::thread watcher{[&] {
        int signal = 0;
        (void)sigwait(&signals, &signal);
        stop.stop();
    }};
    auto const* const pad = std::get_if<virtual_card::PadOptions>(&command_line);
    int const status =
        pad != nullptr
            ? virtual_card::run_pad(*pad, stop)
            : virtual_card::run_cards(std::get<virtual_card::CardOptions>(command_line), stop);
    (void)pthread_kill(watcher.native_handle(), SIGINT);
    watcher.join();
    return status;
}
