#include "firmware/boards/linux/pty_line.hpp"

#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <system_error>
#include <termios.h>
#include <unistd.h>
#include <utility>

namespace linux_board {
namespace {

[[noreturn]] void fail(char const* what) {
    throw std::system_error{errno, std::generic_category(), what};
}

void make_raw(int descriptor) {
    termios settings{};
    if (::tcgetattr(descriptor, &settings) != 0) {
        fail("pseudo-terminal");
    }
    ::cfmakeraw(&settings);
    if (::tcsetattr(descriptor, TCSANOW, &settings) != 0) {
        fail("pseudo-terminal");
    }
}

} // namespace

PtyLine::PtyLine(std::string link) : link_{std::move(link)} {
    terminal_ = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
    if (terminal_ < 0 || ::grantpt(terminal_) != 0 || ::unlockpt(terminal_) != 0) {
        fail("no pseudo-terminal");
    }
    std::array<char, 64> name{};
    if (::ptsname_r(terminal_, name.data(), name.size()) != 0) {
        fail("no pseudo-terminal");
    }
    kept_open_ = ::open(name.data(), O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (kept_open_ < 0) {
        fail(name.data());
    }
    make_raw(kept_open_);
    (void)::unlink(link_.c_str());
    if (::symlink(name.data(), link_.c_str()) != 0) {
        fail(link_.c_str());
    }
}

PtyLine::~PtyLine() {
    (void)::unlink(link_.c_str());
    (void)::close(kept_open_);
    (void)::close(terminal_);
}

std::optional<hal::HostLine::Byte> PtyLine::receive() {
    if (taken_ == come_size_) {
        auto const size = ::read(terminal_, come_.data(), come_.size());
        taken_ = 0;
        come_size_ = size > 0 ? static_cast<std::size_t>(size) : 0;
        if (come_size_ == 0) {
            return std::nullopt;
        }
    }
    return Byte{come_[taken_++], false};
}

bool PtyLine::send(std::uint8_t byte) { return ::write(terminal_, &byte, 1) == 1; }

} // namespace linux_board
