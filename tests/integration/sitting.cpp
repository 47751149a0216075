#include "tests/integration/sitting.hpp"

#include <array>
#include <cstdlib>
#include <cstring>

#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

namespace integration {

Sitting sit(Arguments arguments, Person const& person, std::vector<std::string> const& variables) {
    std::vector<char*> words;
    for (std::string& word : arguments) {
        words.push_back(word.data());
    }
    words.push_back(nullptr);
    int screen = -1;
    pid_t const child = forkpty(&screen, nullptr, nullptr, nullptr);
    if (child == 0) {
        for (std::string const& variable : variables) {
            putenv(strdup(variable.c_str()));
        }
        execv(words[0], words.data());
        _exit(127);
    }
    Sitting sitting{127, {}};
    std::string shown;
    std::array<char, 4096> part{};
    ssize_t size = 0;
    while ((size = read(screen, part.data(), part.size())) > 0) { // until the program closes it
        sitting.screen.append(part.data(), static_cast<std::size_t>(size));
        shown.append(part.data(), static_cast<std::size_t>(size));
        if (shown.ends_with(": ")) {
            auto const answer = person(shown);
            std::string const line = answer ? *answer + "\n" : "\x03";
            [[maybe_unused]] auto const written = write(screen, line.data(), line.size());
            shown.clear();
        }
    }
    close(screen);
    int how_it_ended = 0;
    if (child > 0 && waitpid(child, &how_it_ended, 0) == child) {
        sitting.status =
            WIFEXITED(how_it_ended) ? WEXITSTATUS(how_it_ended) : 128 + WTERMSIG(how_it_ended);
    }
    return sitting;
}

} // namespace integration
