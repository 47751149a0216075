#pragma once

#include <cstdint>

namespace apdu {

/// The class byte of a command. Any byte is one; its bits are read by the questions below.
/// ISO/IEC 7816-4:2020 §5.4.1.
class Cla {
public:
    constexpr explicit Cla(std::uint8_t value) : value_{value} {}

    static Cla const interindustry; ///< 00
    static Cla const
        interindustry_secure;            ///< 04: with a MAC, header not authenticated by ISO's rule
    static Cla const proprietary;        ///< 80
    static Cla const proprietary_secure; ///< 84
    static Cla const purchase;           ///< B0: the medical purchase commands, LD/T 32.5
    static Cla const psam;               ///< BF: a PSAM's environment and session keys

    [[nodiscard]] constexpr std::uint8_t value() const { return value_; }
    [[nodiscard]] constexpr bool is_proprietary() const { return (value_ & 0x80U) != 0; }
    /// Bits 8–5 are 0000 or 0001: first interindustry.
    [[nodiscard]] constexpr bool is_first_interindustry() const { return (value_ & 0xE0U) == 0; }
    /// Bits 8–7 are 01: further interindustry.
    [[nodiscard]] constexpr bool is_further_interindustry() const {
        return (value_ & 0xC0U) == 0x40U;
    }
    /// Secure messaging is indicated. Bits 4–3 (first and proprietary) or bit 6 (further) are not
    /// zero.
    [[nodiscard]] constexpr bool has_secure_messaging() const {
        return is_further_interindustry() ? (value_ & 0x20U) != 0 : (value_ & 0x0CU) != 0;
    }
    /// Bit 5 of an interindustry class: not the last command of a chain.
    [[nodiscard]] constexpr bool is_chained() const {
        return !is_proprietary() && (value_ & 0x10U) != 0;
    }
    /// Logical channel 0…3 (first) or 4…19 (further); 0 for a proprietary class.
    [[nodiscard]] constexpr std::uint8_t channel() const {
        if (is_proprietary()) {
            return 0;
        }
        return is_further_interindustry() ? static_cast<std::uint8_t>(4U + (value_ & 0x0FU))
                                          : static_cast<std::uint8_t>(value_ & 0x03U);
    }

    friend constexpr bool operator==(Cla, Cla) = default;

private:
    std::uint8_t value_;
};

inline constexpr Cla Cla::interindustry{0x00};
inline constexpr Cla Cla::interindustry_secure{0x04};
inline constexpr Cla Cla::proprietary{0x80};
inline constexpr Cla Cla::proprietary_secure{0x84};
inline constexpr Cla Cla::purchase{0xB0};
inline constexpr Cla Cla::psam{0xBF};

} // namespace apdu
