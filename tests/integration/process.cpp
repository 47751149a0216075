#include "tests/integration/process.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace integration {
namespace {

constexpr int cannot_start = 127;

struct Pipe {
    int read_end = -1;
    int write_end = -1;
};

Pipe make_pipe() {
    std::array<int, 2> ends{-1, -1};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) {
        return {};
    }
    return {ends[0], ends[1]};
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    pointers.reserve(texts.size() + 1);
    for (std::string& text : texts) {
        pointers.push_back(text.data());
    }
    pointers.push_back(nullptr);
    return pointers;
}

/// Starts a program with these three ends as its standard files.
pid_t spawn(Arguments arguments, std::vector<std::string> variables, std::array<int, 3> files) {
    for (char** variable = environ; *variable != nullptr; ++variable) {
        variables.emplace_back(*variable);
    }
    auto const argument_pointers = pointers_to(arguments);
    auto const variable_pointers = pointers_to(variables);
    pid_t const child = fork();
    if (child == 0) {
        for (int number = 0; number < 3; ++number) {
            dup2(files[static_cast<std::size_t>(number)], number);
        }
        execvpe(argument_pointers[0], argument_pointers.data(), variable_pointers.data());
        _exit(cannot_start);
    }
    return child;
}

int status_of(int how_it_ended) {
    return WIFEXITED(how_it_ended) ? WEXITSTATUS(how_it_ended) : 128 + WTERMSIG(how_it_ended);
}

/// Appends what can be read now; false at the end.
bool read_some(int file, std::string& text) {
    std::array<char, 4096> buffer{};
    ssize_t const size = read(file, buffer.data(), buffer.size());
    if (size <= 0) {
        return false;
    }
    text.append(buffer.data(), static_cast<std::size_t>(size));
    return true;
}

/// Reads both to their ends, whichever has something.
void read_both(int out, int err, Finished& finished) {
    std::array<pollfd, 2> files{pollfd{out, POLLIN, 0}, pollfd{err, POLLIN, 0}};
    std::array<std::string*, 2> const texts{&finished.out, &finished.err};
    while (files[0].fd >= 0 || files[1].fd >= 0) {
        if (poll(files.data(), files.size(), -1) < 0 && errno != EINTR) {
            return;
        }
        for (std::size_t i = 0; i < files.size(); ++i) {
            if (files[i].fd >= 0 && files[i].revents != 0 && !read_some(files[i].fd, *texts[i])) {
                files[i].fd = -1;
            }
        }
    }
}

} // namespace

Finished run(Arguments const& arguments, std::string_view input,
             std::vector<std::string> const& variables) {
    Pipe const in = make_pipe();
    Pipe const out = make_pipe();
    Pipe const err = make_pipe();
    pid_t const child = spawn(arguments, variables, {in.read_end, out.write_end, err.write_end});
    for (int const end : {in.read_end, out.write_end, err.write_end}) {
        close(end);
    }
    Finished finished{cannot_start, {}, {}};
    // What tests feed fits a pipe's buffer; a program that does not read it ends SIGPIPE only here.
    std::signal(SIGPIPE, SIG_IGN);
    [[maybe_unused]] ssize_t const written = write(in.write_end, input.data(), input.size());
    close(in.write_end);
    read_both(out.read_end, err.read_end, finished);
    close(out.read_end);
    close(err.read_end);
    int how_it_ended = 0;
    if (child > 0 && waitpid(child, &how_it_ended, 0) == child) {
        finished.status = status_of(how_it_ended);
    }
    return finished;
}

Background::Background(Arguments const& arguments, std::string const& log_path,
                       std::vector<std::string> const& variables) {
    int const nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    int const log = open(log_path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    pid_ = spawn(arguments, variables, {nothing, log, log});
    close(nothing);
    close(log);
}

Background::Background(Background&& from) noexcept : pid_{from.pid_}, status_{from.status_} {
    from.pid_ = -1;
}

Background::~Background() { end(); }

bool Background::is_running() {
    int how_it_ended = 0;
    if (pid_ > 0 && waitpid(pid_, &how_it_ended, WNOHANG) == pid_) {
        status_ = status_of(how_it_ended);
        pid_ = -1;
    }
    return pid_ > 0;
}

int Background::end() {
    if (!is_running()) {
        return status_;
    }
    kill(pid_, SIGTERM);
    if (!eventually([this] { return !is_running(); })) {
        kill(pid_, SIGKILL);
        waitpid(pid_, nullptr, 0);
        pid_ = -1;
        status_ = 128 + SIGKILL;
    }
    return status_;
}

void pause_shortly() { std::this_thread::sleep_for(std::chrono::milliseconds{20}); }

std::string text_of_file(std::string const& path) {
    std::ifstream stream{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{stream}, {}};
}

std::string everything_in(std::string const& folder) {
    std::string text;
    for (auto const& entry : std::filesystem::recursive_directory_iterator{folder}) {
        if (entry.is_regular_file()) {
            text += text_of_file(entry.path());
        }
    }
    return text;
}

} // namespace integration
