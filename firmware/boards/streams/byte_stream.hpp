#pragma once

#include <cstdint>
#include <optional>

namespace streams {

/// A stream of bytes in both directions that never waits.
class ByteStream {
public:
    ByteStream() = default;
    ByteStream(ByteStream const&) = delete;
    ByteStream& operator=(ByteStream const&) = delete;
    virtual ~ByteStream() = default;

    /// The next byte that has come; nothing where none has.
    [[nodiscard]] virtual std::optional<std::uint8_t> receive() = 0;
    /// Sends a byte. False: there is no room for it now. Where nobody listens it is taken, and
    /// lost.
    [[nodiscard]] virtual bool send(std::uint8_t byte) = 0;
};

} // namespace streams
