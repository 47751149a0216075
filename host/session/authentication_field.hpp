#pragma once

#include "keys/exchange_values.hpp"

#include "apdu/bytes.hpp"

#include <array>

namespace session {

/// The data field of INTERNAL and EXTERNAL AUTHENTICATE: `first` ‖ original, and the key's version
/// where it is not the first. card.md §4.1.
class AuthenticationField {
public:
    AuthenticationField(std::array<std::uint8_t, 8> const& first, keys::Challenge const& original,
                        std::uint8_t version)
        : size_{version == 1 ? bytes_.size() - 1 : bytes_.size()} {
        apdu::copy_bytes(first, bytes_);
        apdu::copy_bytes(original, apdu::ByteSpan{bytes_}.subspan(first.size()));
        bytes_.back() = version;
    }
    /// 16 or 17 bytes.
    [[nodiscard]] apdu::ByteView view() const { return apdu::ByteView{bytes_}.first(size_); }

private:
    std::array<std::uint8_t, 8 + 8 + 1> bytes_{};
    std::size_t size_;
};

} // namespace session
