#pragma once

#include <cstdint>
#include <optional>

namespace hal {

/// A serial line to the host: 115200 baud, 8 data bits, no parity, 2 stop bits.
class HostLine {
public:
    /// A byte that came.
    struct Byte {
        std::uint8_t value;
        bool is_damaged; ///< it, or one before it that is lost, broke the line's format
    };

    HostLine() = default;
    HostLine(HostLine const&) = delete;
    HostLine& operator=(HostLine const&) = delete;
    virtual ~HostLine() = default;

    /// The next byte that has come; nothing where none has. Holds 320 bytes for who looks late.
    [[nodiscard]] virtual std::optional<Byte> receive() = 0;

    /// Sends a byte. False: the one before is still under way, and this one is not taken.
    [[nodiscard]] virtual bool send(std::uint8_t byte) = 0;
};

} // namespace hal
