#pragma once

#include "apdu/bytes.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace keys {

/// Overwrites `bytes` with zeros in a way that a compiler may not leave out.
void wipe(apdu::ByteSpan bytes);

/// `size` secret bytes. Move-only; wiped when moved from and when destroyed. No ==, no <<, no
/// default constructor.
template <std::size_t size>
class SecretBytes {
public:
    /// Takes a copy; the caller wipes its own.
    explicit SecretBytes(std::span<std::uint8_t const, size> bytes) {
        apdu::copy_bytes(bytes, bytes_);
    }
    SecretBytes(SecretBytes const&) = delete;
    SecretBytes& operator=(SecretBytes const&) = delete;
    SecretBytes(SecretBytes&& from) noexcept : bytes_{from.bytes_} { wipe(from.bytes_); }
    SecretBytes& operator=(SecretBytes&& from) noexcept {
        if (this != &from) {
            bytes_ = from.bytes_;
            wipe(from.bytes_);
        }
        return *this;
    }
    ~SecretBytes() { wipe(bytes_); }

    /// The bytes themselves: allowed in keys/ only, and found by search.
    [[nodiscard]] std::span<std::uint8_t const, size> expose() const { return bytes_; }

private:
    std::array<std::uint8_t, size> bytes_{};
};

} // namespace keys
