// Who steers a batch, from the foreground and the background of a terminal, and after its hang-up.
#include "host/cli/batch_control.hpp"

#include <gtest/gtest.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/wait.h>

namespace {

using namespace std::chrono_literals;

/// What a process says of itself by its exit status.
constexpr int good = 0;
constexpr int bad = 1;

/// The exit status of a process that does `what`; 128 when it ended or was stopped otherwise.
int status_of(pid_t process) {
    int status = 0;
    bool const is_known = process > 0 && waitpid(process, &status, WUNTRACED) == process;
    if (is_known && WIFSTOPPED(status)) {
        kill(process, SIGKILL);
    }
    return is_known && WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}
template <typename What>
pid_t begin(What const& what) {
    pid_t const child = fork();
    if (child == 0) {
        _exit(what());
    }
    return child;
}
template <typename What>
int in_a_process(What const& what) {
    return status_of(begin(what));
}

/// A session of its own at a new terminal, which is its standard input. In a process for it alone.
struct Session {
    Session() {
        setsid();
        int const slave = open(ptsname(master), O_RDWR); // becomes the controlling terminal
        dup2(slave, STDIN_FILENO);
        close(slave);
        std::signal(SIGTTOU, SIG_IGN); // as a shell does, to say who is in the foreground
    }
    void type(std::string_view text) const { (void)!write(master, text.data(), text.size()); }

    int master = [] {
        int const descriptor = posix_openpt(O_RDWR | O_NOCTTY);
        return grantpt(descriptor) == 0 && unlockpt(descriptor) == 0 ? descriptor : -1;
    }();
};

/// A batch that nothing but its control ends. Writes a byte to `told` when it can be steered, and
/// for each wish that it has understood.
int run_steered(int told) {
    batch::Signals signals;
    cli::BatchControl const control{signals, [told](char const*) { (void)!write(told, "w", 1); }};
    (void)!write(told, "r", 1);
    signals.wait_for(60s);
    return signals.stops() ? good : bad;
}

/// The same in a process in the background of this one's terminal.
class BackgroundBatch {
public:
    BackgroundBatch() : has_pipe_{pipe(told_.data()) == 0} {
        process_ = begin([&] {
            setpgid(0, 0);
            return run_steered(told_[1]);
        });
        (void)has_told();
    }
    [[nodiscard]] pid_t process() const { return process_; }
    /// Has it understand a wish; false when it does not, as a process that is stopped.
    [[nodiscard]] bool understands(int signal) const {
        return kill(process_, signal) == 0 && has_told();
    }

private:
    [[nodiscard]] bool has_told() const {
        pollfd told{told_[0], POLLIN, 0};
        char byte = 0;
        return has_pipe_ && poll(&told, 1, 10'000) == 1 && read(told_[0], &byte, 1) == 1;
    }
    std::array<int, 2> told_{};
    bool has_pipe_;
    pid_t process_ = -1;
};

TEST(BatchControl, InTheBackgroundLeavesTheTerminalAloneAndInTheForegroundHears) {
    EXPECT_EQ(in_a_process([] {
                  Session const session;
                  BackgroundBatch const batch;
                  session.type("q\n");
                  // By the second one it has had its chance to take what was typed.
                  bool const lives = batch.understands(SIGUSR1) && batch.understands(SIGUSR2);
                  std::array<char, 8> line{};
                  bool const is_ours =
                      lives && read(STDIN_FILENO, line.data(), line.size()) == 2 && line[0] == 'q';
                  tcsetpgrp(STDIN_FILENO, batch.process());
                  session.type("q\n");
                  return status_of(batch.process()) == good && is_ours ? good : bad;
              }),
              good);
}

TEST(BatchControl, AHangUpStopsItAndASecondOneIsTheSame) {
    EXPECT_EQ(in_a_process([] {
                  batch::Signals signals;
                  int told = 0;
                  {
                      cli::BatchControl const control{signals, [&](char const*) { ++told; }};
                      kill(getpid(), SIGHUP);
                      signals.wait_for(60s);
                      kill(getpid(), SIGHUP);
                      kill(getpid(), SIGUSR1); // is heard after it
                      while (!signals.is_paused()) {
                          usleep(1000);
                      }
                  }
                  return signals.stops() && told == 2 ? good : bad;
              }),
              good);
}

/// True when every thread of this process but the one that asks sleeps.
bool others_sleep() {
    for (auto const& task : std::filesystem::directory_iterator{"/proc/self/task"}) {
        std::ifstream stat{task.path() / "stat"};
        std::string number;
        std::string name;
        char state = 0;
        stat >> number >> name >> state;
        if (number != std::to_string(gettid()) && state != 'S') {
            return false;
        }
    }
    return true;
}

/// Waits until the others have been asleep twenty times in a row.
bool others_come_to_rest() {
    int in_a_row = 0;
    for (int look = 0; look < 5000 && in_a_row < 20; ++look) {
        in_a_row = others_sleep() ? in_a_row + 1 : 0;
        usleep(1000);
    }
    return in_a_row == 20;
}

TEST(BatchControl, UnderNohupGoesOnAtRestWithoutItsTerminal) {
    EXPECT_EQ(in_a_process([] {
                  std::signal(SIGHUP, SIG_IGN);
                  Session const session;
                  batch::Signals signals;
                  cli::BatchControl const control{signals, [](char const*) {}};
                  close(session.master);
                  pollfd terminal{STDIN_FILENO, POLLIN, 0};
                  while ((terminal.revents & POLLHUP) == 0) {
                      poll(&terminal, 1, 1000);
                  }
                  bool const rests = others_come_to_rest();
                  kill(getpid(), SIGHUP);
                  kill(getpid(), SIGUSR1);
                  while (!signals.is_paused()) {
                      usleep(1000);
                  }
                  return rests && !signals.stops() ? good : bad;
              }),
              good);
}

TEST(BatchControl, EndOfFileAtTheTerminalIsNoEnd) {
    EXPECT_EQ(in_a_process([] {
                  Session const session;
                  session.type("\x04");
                  session.type("q\n");
                  return run_steered(open("/dev/null", O_WRONLY));
              }),
              good);
}

} // namespace
