#include "host/cli/command_line.hpp"
#include "host/cli/language.hpp"

#include <csignal>
#include <exception>
#include <iostream>
#include <malloc.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace {

/// A PIN passes through this process: freed memory is overwritten, and nothing of it is dumped.
void harden() {
    mallopt(M_PERTURB, 0xA5);
    prctl(PR_SET_DUMPABLE, 0);
    rlimit const none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
}

} // namespace

int main(int argc, char** argv) {
    harden();
    std::signal(SIGPIPE, SIG_IGN); // a reader that had enough is no reason to leave work half done
    try {
        cli::Surroundings const surroundings{std::cin,   std::cout,
                                             std::cerr,  isatty(STDERR_FILENO) == 1,
                                             "/dev/tty", cli::locale_folder_of_program()};
        int const status = cli::run({argv + 1, argv + argc}, surroundings);
        std::cout.flush();
        return status;
    } catch (std::exception const& exception) { // memory ran out, or a library threw
        std::cerr << "sscard: " << exception.what() << '\n';
        return 1;
    }
}
