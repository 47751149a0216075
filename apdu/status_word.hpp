#pragma once

#include <cstdint>
#include <optional>

namespace apdu {

/// The two status bytes SW1 SW2: an open set of 16-bit values with questions. ISO/IEC 7816-4:2020
/// §5.6. What a value means on this card is told by status_meaning.hpp.
class StatusWord {
public:
    constexpr explicit StatusWord(std::uint16_t value) : value_{value} {}
    constexpr StatusWord(std::uint8_t sw1, std::uint8_t sw2)
        : value_{static_cast<std::uint16_t>((sw1 << 8U) | sw2)} {}

    [[nodiscard]] constexpr std::uint16_t value() const { return value_; }
    [[nodiscard]] constexpr std::uint8_t sw1() const {
        return static_cast<std::uint8_t>(value_ >> 8U);
    }
    [[nodiscard]] constexpr std::uint8_t sw2() const { return static_cast<std::uint8_t>(value_); }

    [[nodiscard]] constexpr bool is_success() const { return value_ == 0x9000; }

    /// 63Cx: how often the PIN or key may still be tried.
    [[nodiscard]] constexpr std::optional<std::uint8_t> tries_left() const {
        if ((value_ & 0xFFF0U) != 0x63C0U) {
            return std::nullopt;
        }
        return static_cast<std::uint8_t>(value_ & 0x0FU);
    }
    /// 61xx: how many response bytes wait for GET RESPONSE; xx = 00 means 256 (or more).
    [[nodiscard]] constexpr std::optional<std::uint16_t> bytes_waiting() const {
        return sw1() == 0x61 ? std::optional{sw2_as_length()} : std::nullopt;
    }
    /// 6Cxx: the Ne that the same command should be sent with again; xx = 00 means 256.
    [[nodiscard]] constexpr std::optional<std::uint16_t> exact_ne() const {
        return sw1() == 0x6C ? std::optional{sw2_as_length()} : std::nullopt;
    }

    friend constexpr bool operator==(StatusWord, StatusWord) = default;

private:
    [[nodiscard]] constexpr std::uint16_t sw2_as_length() const {
        return sw2() == 0 ? std::uint16_t{256} : std::uint16_t{sw2()};
    }
    std::uint16_t value_;
};

namespace sw {

// card.md §4.2, LD/T 32.5.
inline constexpr StatusWord success{0x9000};
inline constexpr StatusWord memory_failure{0x6581};
inline constexpr StatusWord wrong_length{0x6700};
inline constexpr StatusWord invalid_state{0x6901};
inline constexpr StatusWord incompatible_file{0x6981};
inline constexpr StatusWord security_status{0x6982};
inline constexpr StatusWord locked{0x6983};
inline constexpr StatusWord referenced_data_invalid{0x6984};
inline constexpr StatusWord conditions_not_satisfied{0x6985};
inline constexpr StatusWord no_current_ef{0x6986};
inline constexpr StatusWord secure_messaging_wrong{0x6988};
inline constexpr StatusWord wrong_data{0x6A80};
inline constexpr StatusWord function_not_supported{0x6A81}; ///< or: the card is blocked
inline constexpr StatusWord file_not_found{0x6A82};
inline constexpr StatusWord record_not_found{0x6A83};
inline constexpr StatusWord no_space{0x6A84};
inline constexpr StatusWord lc_against_tlv{0x6A85};
inline constexpr StatusWord wrong_p1_p2{0x6A86};
inline constexpr StatusWord key_not_found{0x6A88};
inline constexpr StatusWord wrong_offset{0x6B00};
inline constexpr StatusWord unknown_ins{0x6D00};
inline constexpr StatusWord unknown_cla{0x6E00};
inline constexpr StatusWord no_precise_diagnosis{0x6F00};
inline constexpr StatusWord mac_error{0x9302};
inline constexpr StatusWord application_blocked{0x9303};
inline constexpr StatusWord insufficient_balance{0x9401};
inline constexpr StatusWord counter_at_maximum{0x9402};
inline constexpr StatusWord key_index_unsupported{0x9403};
inline constexpr StatusWord mac_unavailable{0x9406};

} // namespace sw

} // namespace apdu
