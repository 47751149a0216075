#pragma once

#include "keys/secret_bytes.hpp"

namespace keys {

/// `size` bytes to work in, zeros at first; wiped when they go.
template <std::size_t size>
class WipedBuffer {
public:
    WipedBuffer() = default;
    WipedBuffer(WipedBuffer const&) = delete;
    WipedBuffer& operator=(WipedBuffer const&) = delete;
    ~WipedBuffer() { wipe(bytes_); }

    /// The bytes to read and write; allowed in keys/ only.
    [[nodiscard]] std::array<std::uint8_t, size>& expose() { return bytes_; }

private:
    std::array<std::uint8_t, size> bytes_{};
};

} // namespace keys
