#pragma once

#include <array>
#include <cstdlib>
#include <fcntl.h>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

namespace cli {

/// A terminal with a person at it, who answers each prompt in turn with a line.
class PseudoTerminal {
public:
    explicit PseudoTerminal(std::vector<std::string> answers)
        : master_{posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)} {
        if (grantpt(master_) != 0 || unlockpt(master_) != 0) {
            std::abort();
        }
        path_ = ptsname(master_);
        slave_ = open(path_.c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC); // so that reading never fails
        person_ = std::thread{[this, answers = std::move(answers)] { sit(answers); }};
    }
    PseudoTerminal(PseudoTerminal const&) = delete;
    PseudoTerminal& operator=(PseudoTerminal const&) = delete;
    ~PseudoTerminal() {
        (void)seen();
        close(master_);
    }

    [[nodiscard]] std::string const& path() const { return path_; }

    /// Everything that the terminal showed; nothing is shown any more afterwards.
    [[nodiscard]] std::string const& seen() {
        if (person_.joinable()) {
            person_.join();
            close(slave_);
            while (see()) {}
        }
        return seen_;
    }

private:
    void sit(std::vector<std::string> const& answers) {
        for (std::string const& answer : answers) {
            while (!seen_.ends_with(": ") && see()) { // a prompt ends so
            }
            std::string const line = answer + "\n";
            (void)!write(master_, line.data(), line.size());
            seen_ += '|';
        }
    }
    bool see() {
        std::array<char, 256> part{};
        ssize_t const count = read(master_, part.data(), part.size());
        seen_.append(part.data(), count > 0 ? static_cast<std::size_t>(count) : 0);
        return count > 0;
    }

    int master_;
    int slave_ = -1;
    std::string path_{};
    std::string seen_{};
    std::thread person_{};
};

} // namespace cli
