#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace integration {

/// A command line: the program and its arguments.
using Arguments = std::vector<std::string>;

/// What a program left behind. `status` is its exit status, or 128 + the signal that ended it.
struct Finished {
    int status;
    std::string out;
    std::string err;
};

/// Runs a program to its end, with `input` on its standard input. Variables are "NAME=value", added
/// to this program's own. Fails the test (status 127) where it cannot be started.
[[nodiscard]] Finished run(Arguments const& arguments, std::string_view input = {},
                           std::vector<std::string> const& variables = {});

/// A program that runs until it is ended, its output in a file. Ends with the object.
class Background {
public:
    Background(Arguments const& arguments, std::string const& log_path,
               std::vector<std::string> const& variables = {});
    Background(Background const&) = delete;
    Background& operator=(Background const&) = delete;
    Background(Background&& from) noexcept;
    Background& operator=(Background&&) = delete;
    ~Background();

    [[nodiscard]] pid_t pid() const { return pid_; }
    /// Asks it to end (SIGTERM) and waits until it has. @returns its status as in Finished; 137
    /// where it had to be killed.
    int end();
    /// True until the program has ended by itself or by end().
    [[nodiscard]] bool is_running();

private:
    pid_t pid_ = -1; ///< -1: ended
    int status_ = 0;
};

/// Asks again and again, with short pauses, until `holds` says yes; false after 20 seconds.
template <typename Predicate>
[[nodiscard]] bool eventually(Predicate holds);

/// One pause of eventually().
void pause_shortly();

inline constexpr int eventually_rounds_max = 1000; // of 20 ms

template <typename Predicate>
bool eventually(Predicate holds) {
    for (int round = 0; round < eventually_rounds_max; ++round) {
        if (holds()) {
            return true;
        }
        pause_shortly();
    }
    return false;
}

/// A file's text; empty where there is none.
[[nodiscard]] std::string text_of_file(std::string const& path);

/// All files below a folder, one after the other.
[[nodiscard]] std::string everything_in(std::string const& folder);

} // namespace integration
