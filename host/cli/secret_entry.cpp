#include "host/cli/secret_entry.hpp"

#include "host/api/pin_text.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

namespace cli {
namespace {

volatile std::sig_atomic_t caught_signal = 0;

void note_signal(int signal) { caught_signal = signal; }

/// Lets signals that end or stop the program only interrupt reading, for as long as the object
/// lives; afterwards a caught one is raised again.
class SignalsHeld {
public:
    SignalsHeld() {
        caught_signal = 0;
        sigset_t held;
        sigemptyset(&held);
        for (int const signal : signals) {
            sigaddset(&held, signal);
        }
        // They come while wait() waits and at no other time, so that none is lost before it.
        pthread_sigmask(SIG_BLOCK, &held, &mask_before_);
        struct sigaction action {};
        action.sa_handler = note_signal; // no SA_RESTART: read() returns
        for (std::size_t i = 0; i < signals.size(); ++i) {
            sigaction(signals[i], &action, &before_[i]);
        }
    }
    SignalsHeld(SignalsHeld const&) = delete;
    SignalsHeld& operator=(SignalsHeld const&) = delete;
    ~SignalsHeld() {
        for (std::size_t i = 0; i < signals.size(); ++i) {
            sigaction(signals[i], &before_[i], nullptr);
        }
        pthread_sigmask(SIG_SETMASK, &mask_before_, nullptr);
        if (caught_signal != 0) {
            (void)raise(caught_signal);
        }
    }

    /// Waits until the terminal has something; false where a signal came instead.
    [[nodiscard]] bool wait(int terminal) const {
        pollfd file{terminal, POLLIN, 0};
        return caught_signal == 0 && ppoll(&file, 1, nullptr, &mask_before_) == 1;
    }

private:
    static constexpr std::array<int, 5> signals{SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};
    std::array<struct sigaction, signals.size()> before_{};
    sigset_t mask_before_{};
};

enum class Echo : std::uint8_t { off, on };

/// A terminal with echo as it is said, for as long as the object lives.
class QuietTerminal {
public:
    explicit QuietTerminal(std::string const& path, Echo echo)
        : descriptor_{open(path.c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC)} {
        is_terminal_ = descriptor_ >= 0 && tcgetattr(descriptor_, &before_) == 0;
        if (is_terminal_ && echo == Echo::off) {
            termios quiet = before_;
            quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
            tcsetattr(descriptor_, TCSAFLUSH, &quiet);
        }
    }
    QuietTerminal(QuietTerminal const&) = delete;
    QuietTerminal& operator=(QuietTerminal const&) = delete;
    ~QuietTerminal() {
        if (is_terminal_) {
            tcsetattr(descriptor_, TCSAFLUSH, &before_);
        }
        if (descriptor_ >= 0) {
            close(descriptor_);
        }
    }
    [[nodiscard]] bool is_terminal() const { return is_terminal_; }
    [[nodiscard]] int descriptor() const { return descriptor_; }
    void print(std::string const& text) const {
        (void)!::write(descriptor_, text.data(), text.size());
    }

private:
    int descriptor_;
    bool is_terminal_ = false;
    termios before_{};
};

template <typename Ready>
api::Outcome<std::size_t> read_line(unsigned descriptor, std::span<char> line,
                                    std::string_view fault_code, Ready is_ready) {
    std::size_t size = 0;
    ssize_t count = -1;
    while (size < line.size() && is_ready() &&
           (count = ::read(static_cast<int>(descriptor), &line[size], 1)) == 1 &&
           line[size] != '\n') {
        ++size;
    }
    std::string const reason = count < 0 ? std::strerror(errno) : ""; // NOLINT(concurrency-*)
    if (size > 0 && line[size - 1] == '\r') {
        --size;
    }
    if (count < 0 || size == 0) {
        return api::fault(fault_code, "file descriptor " + std::to_string(descriptor) +
                                          (reason.empty() ? "" : ": " + reason));
    }
    return size;
}

} // namespace

api::Outcome<std::size_t> read_secret_line(unsigned descriptor, std::span<char> line,
                                           std::string_view fault_code) {
    return read_line(descriptor, line, fault_code, [] { return true; });
}

api::Outcome<std::size_t> ask_secret_line(std::string const& terminal, std::string const& prompt,
                                          std::span<char> line, std::string_view fault_code) {
    SignalsHeld const signals; // outlives the terminal's own setting, which must be put right first
    QuietTerminal const quiet{terminal, Echo::off};
    if (!quiet.is_terminal()) {
        return api::fault(fault_code, terminal);
    }
    quiet.print(prompt);
    auto size = read_line(static_cast<unsigned>(quiet.descriptor()), line, fault_code,
                          [&] { return signals.wait(quiet.descriptor()); });
    quiet.print("\n");
    return size;
}

api::Outcome<std::string> ask_line(std::string const& terminal, std::string const& prompt,
                                   std::string_view fault_code) {
    SignalsHeld const signals;
    QuietTerminal const open{terminal, Echo::on};
    if (!open.is_terminal()) {
        return api::fault(fault_code, terminal);
    }
    open.print(prompt);
    constexpr std::size_t size_max = 256;
    std::string line;
    char c = 0;
    while (line.size() < size_max && signals.wait(open.descriptor()) &&
           ::read(open.descriptor(), &c, 1) == 1) {
        if (c == '\n') {
            return line;
        }
        line += c;
    }
    return api::fault(fault_code, terminal);
}

bool show_at_terminal(std::string const& terminal, std::string_view text) {
    QuietTerminal const open{terminal, Echo::on};
    return open.is_terminal() && ::write(open.descriptor(), text.data(), text.size()) ==
                                     static_cast<ssize_t>(text.size());
}

} // namespace cli
