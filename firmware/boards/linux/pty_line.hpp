#pragma once

#include "firmware/hal/host_line.hpp"

#include <array>
#include <string>

namespace linux_board {

/// A host line as a pseudo-terminal: the host opens its other end like a serial port. The terminal
/// keeps one end open of its own, so that the host may come and go.
class PtyLine final : public hal::HostLine {
public:
    /// Makes one, and a symbolic link to the host's end at `link`, in the place of an older one.
    /// Throws std::system_error.
    explicit PtyLine(std::string link);
    ~PtyLine() override;

    [[nodiscard]] std::optional<Byte> receive() override;
    [[nodiscard]] bool send(std::uint8_t byte) override;

    /// To wait for what comes.
    [[nodiscard]] int descriptor() const { return terminal_; }

private:
    std::string link_;
    int terminal_ = -1;
    int kept_open_ = -1;
    std::array<std::uint8_t, 512> come_{};
    std::size_t come_size_ = 0;
    std::size_t taken_ = 0;
};

} // namespace linux_board
