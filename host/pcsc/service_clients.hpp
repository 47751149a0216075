#pragma once

#include <string>
#include <sys/types.h>
#include <vector>

namespace pcsc {

/// A process that is connected to the PC/SC service.
struct ServiceClient {
    pid_t pid = 0;
    std::string program{}; ///< its name, as the system tells it
};

/// The socket on which the PC/SC service of this machine is reached.
[[nodiscard]] std::string service_socket();

/// Other processes that are connected to the unix socket `path`, each once, by their pids. Those of
/// other users are seen by a process with CAP_SYS_PTRACE only.
[[nodiscard]] std::vector<ServiceClient> socket_clients(std::string const& path);

} // namespace pcsc
