#pragma once

#include <optional>
#include <string>

namespace sscardd {

/// What sscardd's command line says.
struct RunOptions {
    std::optional<std::string> configuration_path{}; ///< none: every setting has its default
    std::optional<std::string> socket_path{};
    bool only_check = false; ///< read configuration and keys, and end
};

/// Runs the daemon until SIGTERM or SIGINT; gives the process's exit status: 0, 1 (it could not
/// start), 2 (the configuration is wrong). Tells systemd when it is ready. Call it from the main
/// thread, before any other thread runs.
[[nodiscard]] int run_daemon(RunOptions const& options);

} // namespace sscardd
