#include "keys/sealed/file_calls.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>

namespace keys::sealed {

int FileCalls::open(std::string const& path, int flags) {
    constexpr mode_t owner_only = 0600;
    return ::open(path.c_str(), flags | O_CLOEXEC, owner_only);
}

std::ptrdiff_t FileCalls::write(int descriptor, apdu::ByteView bytes) {
    return ::write(descriptor, bytes.data(), bytes.size());
}

int FileCalls::sync(int descriptor) { return ::fsync(descriptor); }

int FileCalls::link(std::string const& from, std::string const& to) {
    return ::link(from.c_str(), to.c_str());
}

int FileCalls::rename(std::string const& from, std::string const& to) {
    return std::rename(from.c_str(), to.c_str());
}

int FileCalls::unlink(std::string const& path) { return ::unlink(path.c_str()); }

FileCalls& system_calls() {
    static FileCalls calls;
    return calls;
}

} // namespace keys::sealed
