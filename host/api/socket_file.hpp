#pragma once

#include "host/api/outcome.hpp"

#include <cstddef>
#include <optional>
#include <string>

namespace api {

/// Where daemon and clients meet when nothing else is said.
inline constexpr char const* socket_path_default = "/run/sscard/sscardd.socket";
/// Names the socket in the environment of daemon and clients.
inline constexpr char const* socket_path_variable = "SSCARD_SOCKET";
/// Bytes of a socket's path, the system's own limit.
inline constexpr std::size_t socket_path_size_max = 107;

/// The socket that a program should use: `option` (--socket) where given, else what SSCARD_SOCKET
/// names, else `otherwise`.
[[nodiscard]] std::string choose_socket_path(std::optional<std::string> const& option,
                                             std::string const& otherwise);

/// Who may connect to a socket.
struct SocketAccess {
    unsigned mode = 0660;
    std::string group{}; ///< of the socket; empty: that of the process
};

/// The right to listen at a path: one process at a time has it, for as long as the object lives,
/// by a lock on "PATH.lock". A socket file that a dead process left behind is removed.
class SocketFile {
public:
    /// Fault: internal_fault, where the path is too long, its folder is not there or not writable,
    /// something else than a socket is there, or another process has the lock.
    [[nodiscard]] static Outcome<SocketFile> claim(std::string path);
    SocketFile(SocketFile const&) = delete;
    SocketFile& operator=(SocketFile const&) = delete;
    SocketFile(SocketFile&& from) noexcept;
    SocketFile& operator=(SocketFile&& from) = delete;
    /// Removes the socket file and gives the lock back.
    ~SocketFile();

    [[nodiscard]] std::string const& path() const { return path_; }

    /// Opens the bound socket to those who may connect. Fault: internal_fault, where there is no
    /// such group or the process may not do it.
    [[nodiscard]] std::optional<Fault> grant(SocketAccess const& access) const;

private:
    SocketFile(std::string path, int lock) : path_{std::move(path)}, lock_{lock} {}
    std::string path_;
    int lock_; ///< file descriptor; -1: moved from
};

} // namespace api
