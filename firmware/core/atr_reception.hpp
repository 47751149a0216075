#pragma once

#include "apdu/atr.hpp"

namespace terminal {

/// TS of the inverse convention, as a reader of the direct one sees it, with wrong parity.
inline constexpr std::uint8_t inverse_ts_read_direct = 0x03;

/// Takes an answer to reset character by character and knows where it ends; without a line and a
/// clock. ISO/IEC 7816-3:2006 §8.2.
class AtrReception {
public:
    /// Where it stands.
    enum class State : std::uint8_t {
        receiving,
        done,
        bad_ts,    ///< the first character begins no answer
        bad_check, ///< TCK does not fit
    };

    /// The next character, in the convention that holds. The first one as a reader of the direct
    /// convention sees it: 3B, or 03 for an answer in the inverse convention, kept as 3F. require:
    /// receiving.
    State receive(std::uint8_t character);

    [[nodiscard]] bool is_empty() const { return size_ == 0; }
    /// True after a first character that says so.
    [[nodiscard]] bool is_inverse() const;
    /// What came so far.
    [[nodiscard]] apdu::ByteView bytes() const { return apdu::ByteView{bytes_}.first(size_); }

private:
    State receive_ts(std::uint8_t character);
    void expect_interface_bytes(std::uint8_t indicator);

    std::array<std::uint8_t, apdu::atr_size_max> bytes_{};
    std::uint8_t size_ = 0;
    std::uint8_t interface_left_ = 0; ///< interface bytes up to the next TD, this included
    bool is_td_next_ = false;         ///< the last of them is a TD
    std::uint8_t rest_ = 0;           ///< historical bytes and TCK that are still to come
    bool has_check_ = false;
};

} // namespace terminal
