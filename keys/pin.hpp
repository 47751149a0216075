#pragma once

#include "keys/secret_bytes.hpp"

#include "apdu/result.hpp"

#include <string_view>

namespace keys {

inline constexpr std::size_t pin_digits_min = 4;
inline constexpr std::size_t pin_digits_max = 12;
inline constexpr std::size_t pin_size_max = 6;

/// A social security PIN as the card takes it: BCD, padded right with F to whole bytes. 4…12
/// digits. card.md §4.4.
class Pin {
public:
    /// Errors: too_short, too_long, not_digits. The caller wipes `digits`.
    [[nodiscard]] static apdu::Result<Pin> from_digits(std::string_view digits);

    /// Bytes of the BCD form, 2…6.
    [[nodiscard]] std::size_t size() const { return size_; }
    /// The BCD form; allowed in keys/ only.
    [[nodiscard]] apdu::ByteView expose() const {
        return apdu::ByteView{bytes_.expose()}.first(size_);
    }

private:
    Pin(SecretBytes<pin_size_max> bytes, std::size_t size)
        : bytes_{std::move(bytes)}, size_{size} {}
    SecretBytes<pin_size_max> bytes_;
    std::size_t size_;
};

} // namespace keys
