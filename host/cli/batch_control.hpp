#pragma once

#include "host/batch/signals.hpp"

#include <functional>
#include <thread>

namespace cli {

/// Lets whoever started a batch steer it, while the object lives: SIGINT and SIGTERM stop it, a
/// second one ends the program at once; SIGUSR1 pauses it and SIGUSR2 has it go on; so do the
/// lines "p" and "g" typed at the terminal, and "q" stops it. SIGHUP stops it too. A signal that
/// the program was started to ignore is ignored. In the background nothing is read, and the
/// terminal's modes are never changed. Make it before any other thread.
class BatchControl {
public:
    /// `told` hears of each wish that was understood: "stop", "pause", "go on".
    BatchControl(batch::Signals& signals, std::function<void(char const* wish)> told);
    BatchControl(BatchControl const&) = delete;
    BatchControl& operator=(BatchControl const&) = delete;
    ~BatchControl();

private:
    void listen();
    void hear_signal();
    void hear_terminal(bool is_gone);
    void stop();
    void pause(bool is_paused);

    batch::Signals& signals_;
    std::function<void(char const*)> told_;
    int signal_descriptor_ = -1;
    int end_descriptor_ = -1;
    bool is_terminal_;
    bool was_stopped_ = false;
    std::thread thread_{};
};

} // namespace cli
