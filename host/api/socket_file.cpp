#include "host/api/socket_file.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <grp.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace api {
namespace {

std::string reason() { return std::strerror(errno); } // NOLINT(concurrency-mt-unsafe)

Fault refusal(std::string const& path, std::string const& why) {
    return fault(code::internal_fault, path + ": " + why);
}

/// Removes what a dead process left at `path`; a fault where that is no socket.
std::optional<Fault> remove_stale(std::string const& path) {
    struct stat status {};
    if (lstat(path.c_str(), &status) != 0) {
        return errno == ENOENT ? std::nullopt : std::optional{refusal(path, reason())};
    }
    if (!S_ISSOCK(status.st_mode)) {
        return refusal(path, "something else than a socket is there");
    }
    if (unlink(path.c_str()) != 0 && errno != ENOENT) {
        return refusal(path, reason());
    }
    return std::nullopt;
}

/// The number of a group by its name.
std::optional<gid_t> group_number(std::string const& name) {
    std::vector<char> buffer(16384);
    struct group entry {};
    struct group* found = nullptr;
    if (getgrnam_r(name.c_str(), &entry, buffer.data(), buffer.size(), &found) != 0 ||
        found == nullptr) {
        return std::nullopt;
    }
    return found->gr_gid;
}

} // namespace

std::string choose_socket_path(std::optional<std::string> const& option,
                               std::string const& otherwise) {
    if (option) {
        return *option;
    }
    char const* const variable = std::getenv(socket_path_variable); // NOLINT(concurrency-mt-unsafe)
    return variable != nullptr && *variable != '\0' ? std::string{variable} : otherwise;
}

Outcome<SocketFile> SocketFile::claim(std::string path) {
    if (path.empty() || path.size() > socket_path_size_max) {
        return refusal(path, "a socket's path has 1 to " + std::to_string(socket_path_size_max) +
                                 " bytes");
    }
    std::string const lock_path = path + ".lock";
    int const lock = open(lock_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (lock < 0) {
        return refusal(lock_path, reason());
    }
    if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
        close(lock);
        return refusal(path, "another daemon serves this socket");
    }
    SocketFile claimed{std::move(path), lock};
    if (auto const fault = remove_stale(claimed.path_)) {
        return *fault;
    }
    return claimed;
}

SocketFile::SocketFile(SocketFile&& from) noexcept
    : path_{std::move(from.path_)}, lock_{std::exchange(from.lock_, -1)} {}

SocketFile::~SocketFile() {
    if (lock_ >= 0) {
        (void)remove_stale(path_);
        close(lock_);
    }
}

std::optional<Fault> SocketFile::grant(SocketAccess const& access) const {
    if (!access.group.empty()) {
        auto const group = group_number(access.group);
        if (!group) {
            return refusal(path_, "there is no group " + access.group);
        }
        if (lchown(path_.c_str(), static_cast<uid_t>(-1), *group) != 0) {
            return refusal(path_, "group " + access.group + ": " + reason());
        }
    }
    if (chmod(path_.c_str(), access.mode) != 0) {
        return refusal(path_, reason());
    }
    return std::nullopt;
}

} // namespace api
