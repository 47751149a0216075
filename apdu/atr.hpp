#pragma once

#include "apdu/bytes.hpp"
#include "apdu/card_connection.hpp"
#include "apdu/result.hpp"

#include <array>
#include <optional>

namespace apdu {

/// Bytes of the longest answer to reset: TS and 32 characters. ISO/IEC 7816-3:2006 §8.1.
inline constexpr std::size_t atr_size_max = 33;

/// An answer to reset, taken apart. ISO/IEC 7816-3:2006 §8.2.
class Atr {
public:
    /// Keeps a copy of `bytes`. Errors: truncated, trailing_bytes, too_long (over 33 bytes),
    /// malformed (TS is neither 3B nor 3F, or a wrong TCK). TCK is there when anything but T=0
    /// alone is offered. §8.2.5.
    [[nodiscard]] static Result<Atr> parse(ByteView bytes);

    /// The whole answer, TS first.
    [[nodiscard]] ByteView bytes() const { return ByteView{bytes_}.first(size_); }
    /// The historical bytes T1 … TK, at most 15.
    [[nodiscard]] ByteView historical() const {
        return bytes().subspan(historical_at_, historical_size_);
    }
    /// True when a TD names the protocol; T=0 also when there is no TD.
    [[nodiscard]] bool offers(Protocol protocol) const;
    /// The protocol without PPS: that of TA2 where there is one, else the first offered; T=0 when
    /// none is named, or neither T=0 nor T=1. §8.3.
    [[nodiscard]] Protocol default_protocol() const;
    /// TA1, TB1, TC1 where present.
    [[nodiscard]] std::optional<std::uint8_t> ta1() const { return ta1_; }
    [[nodiscard]] std::optional<std::uint8_t> tb1() const { return tb1_; }
    [[nodiscard]] std::optional<std::uint8_t> tc1() const { return tc1_; }
    /// TA2 (the card speaks one protocol as it stands: specific mode) and TC2 (WI of T=0).
    [[nodiscard]] std::optional<std::uint8_t> ta2() const { return ta2_; }
    [[nodiscard]] std::optional<std::uint8_t> tc2() const { return tc2_; }
    /// The first TA, TB and TC for T=1: IFSC, BWI and CWI, the check's kind. §11.4.
    [[nodiscard]] std::optional<std::uint8_t> t1_ta() const { return t1_ta_; }
    [[nodiscard]] std::optional<std::uint8_t> t1_tb() const { return t1_tb_; }
    [[nodiscard]] std::optional<std::uint8_t> t1_tc() const { return t1_tc_; }
    /// True when a TD says T=15: bytes for all protocols.
    [[nodiscard]] bool has_global_bytes() const { return (protocols_ & 0x8000U) != 0; }

private:
    Atr() = default;
    std::array<std::uint8_t, atr_size_max> bytes_{};
    std::uint8_t size_ = 0;
    std::uint8_t historical_at_ = 0;
    std::uint8_t historical_size_ = 0;
    std::uint16_t protocols_ = 0;     ///< bit T set: T offered
    std::uint8_t first_protocol_ = 0; ///< T
    std::optional<std::uint8_t> ta1_, tb1_, tc1_, ta2_, tc2_, t1_ta_, t1_tb_, t1_tc_;
};

} // namespace apdu
