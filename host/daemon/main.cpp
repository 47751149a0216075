#include "host/daemon/daemon_run.hpp"
#include "host/daemon/process_guard.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <string_view>
#include <vector>

namespace {

constexpr int usage_status = 2;

constexpr std::string_view usage =
    R"(usage: sscardd [--config FILE] [--socket PATH] [--check]

The host daemon: owns the readers and the keys, and serves the API on a unix socket to sscard and
other programs. Runs in the foreground; systemd starts it by sscardd.service.

  --config FILE  configuration in TOML; without it every setting has its default
  --socket PATH  the API's socket; else SSCARD_SOCKET, the configuration, /run/sscard/sscardd.socket
  --check        tell what is wrong with the configuration and its keys, and end
  --help         this text

It ends by SIGTERM or SIGINT, when running jobs are done. Exit status: 0 ended in order, 1 could not
start, 2 wrong usage or configuration. The PC/SC service is the machine's, or the one that
PCSCLITE_CSOCK_NAME names.
)";

int refuse(std::string_view what) {
    fmt::print(stderr, "sscardd: {}\n{}", what, usage);
    return usage_status;
}

} // namespace

int main(int count, char** words) {
    sscardd::guard_process_memory();
    sscardd::RunOptions options;
    std::vector<std::string_view> const arguments{words + 1, words + count};
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        std::string_view const word = arguments[i];
        if (word == "--help" || word == "-h") {
            fmt::print("{}", usage);
            return 0;
        }
        if (word == "--check") {
            options.only_check = true;
        } else if ((word == "--config" || word == "--socket") && i + 1 < arguments.size()) {
            (word == "--config" ? options.configuration_path : options.socket_path) =
                arguments[++i];
        } else {
            return refuse(fmt::format("{} is no option, or lacks its value", word));
        }
    }
    return sscardd::run_daemon(options);
}
