#pragma once

#include "apdu/bytes.hpp"

#include <string>

namespace keys::sealed {

/// The operating system's calls that replace a file, so that a test can let each of them fail. Each
/// tells a failure as the call of its name does, with errno.
class FileCalls {
public:
    FileCalls() = default;
    FileCalls(FileCalls const&) = delete;
    FileCalls& operator=(FileCalls const&) = delete;
    virtual ~FileCalls() = default;

    /// open(2), with O_CLOEXEC, for its owner alone.
    [[nodiscard]] virtual int open(std::string const& path, int flags);
    /// write(2).
    [[nodiscard]] virtual std::ptrdiff_t write(int descriptor, apdu::ByteView bytes);
    /// fsync(2).
    [[nodiscard]] virtual int sync(int descriptor);
    /// link(2).
    [[nodiscard]] virtual int link(std::string const& from, std::string const& to);
    /// rename(2).
    [[nodiscard]] virtual int rename(std::string const& from, std::string const& to);
    /// unlink(2).
    virtual int unlink(std::string const& path);
};

/// The calls themselves.
[[nodiscard]] FileCalls& system_calls();

} // namespace keys::sealed
