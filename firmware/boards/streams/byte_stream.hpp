#pragma once

#include <cstdint>
#include <optional>

namespace streams {

/// A stream of bytes both ways that stands for wires; never blocks.
class ByteStream {
public:
    ByteStream() = default;
    ByteStream(ByteStream const&) = delete;
    ByteStream& operator=(ByteStream const&) = delete;
    virtual ~ByteStream() = default;

    /// The next byte that has come.
    [[nodiscard]] virtual std::optional<std::uint8_t> receive() = 0;
    /// False: there is no room now.
    [[nodiscard]] virtual bool send(std::uint8_t byte) = 0;
    /// Counts up each time that someone new is at the other end.
    [[nodiscard]] virtual unsigned peers() const = 0;
};

} // namespace streams
