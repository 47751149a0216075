#include "host/cli/secret_entry.hpp"

#include "host/api/pin_text.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
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
        if (caught_signal != 0) {
            (void)raise(caught_signal);
        }
    }

private:
    static constexpr std::array<int, 5> signals{SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};
    std::array<struct sigaction, signals.size()> before_{};
};

/// A terminal with echo switched off, for as long as the object lives.
class QuietTerminal {
public:
    explicit QuietTerminal(std::string const& path)
        : descriptor_{open(path.c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC)} {
        is_terminal_ = descriptor_ >= 0 && tcgetattr(descriptor_, &before_) == 0;
        if (is_terminal_) {
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

} // namespace

api::Outcome<std::size_t> read_secret_line(unsigned descriptor, std::span<char> line,
                                           std::string_view fault_code) {
    std::size_t size = 0;
    ssize_t count = 0;
    while (size < line.size() &&
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

api::Outcome<std::size_t> ask_secret_line(std::string const& terminal, std::string const& prompt,
                                          std::span<char> line, std::string_view fault_code) {
    SignalsHeld const signals; // outlives the terminal's own setting, which must be put right first
    QuietTerminal const quiet{terminal};
    if (!quiet.is_terminal()) {
        return api::fault(fault_code, terminal);
    }
    quiet.print(prompt);
    auto size = read_secret_line(static_cast<unsigned>(quiet.descriptor()), line, fault_code);
    quiet.print("\n");
    return size;
}

} // namespace cli
