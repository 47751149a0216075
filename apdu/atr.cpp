#include "apdu/atr.hpp"

namespace apdu {
namespace {

// ISO/IEC 7816-3:2006 §8.2.
constexpr std::uint8_t direct_convention = 0x3B;
constexpr std::uint8_t inverse_convention = 0x3F;
constexpr std::size_t ts_and_t0_size = 2;

constexpr std::uint8_t low_nibble(std::uint8_t byte) { return byte & 0x0FU; }

/// What the interface bytes TA1 … TDn say.
struct Interface {
    std::size_t size = 0; ///< bytes
    std::optional<std::uint8_t> ta1, tb1, tc1, ta2, tc2, t1_ta, t1_tb, t1_tc;
    std::uint16_t protocols = 0; ///< bit T set: named by a TD
    std::optional<std::uint8_t> first_protocol;
};

/// Takes bytes from the front, where they are present.
class ByteTaker {
public:
    explicit ByteTaker(ByteView bytes) : rest_{bytes} {}

    std::optional<std::uint8_t> take_if(bool is_present) {
        if (!is_present) {
            return std::nullopt;
        }
        if (rest_.empty()) {
            is_short_ = true;
            return std::nullopt;
        }
        std::uint8_t const byte = rest_[0];
        rest_ = rest_.subspan(1);
        return byte;
    }
    [[nodiscard]] bool is_short() const { return is_short_; }
    [[nodiscard]] std::size_t rest() const { return rest_.size(); }

private:
    ByteView rest_;
    bool is_short_ = false;
};

/// Reads the rounds of interface bytes; the high nibble of T0 and of each TD says which bytes of
/// its round are there. Error: truncated.
Result<Interface> read_interface(std::uint8_t t0, ByteView after_t0) {
    Interface result;
    ByteTaker taker{after_t0};
    std::optional<std::uint8_t> indicator = t0;
    bool has_t1 = false; // its bytes, from the third round on
    for (int round = 1; indicator; ++round) {
        std::uint8_t const present = *indicator;
        bool const is_of_t1 = round > 2 && low_nibble(present) == 1 && !has_t1;
        auto const ta = taker.take_if((present & 0x10U) != 0);
        auto const tb = taker.take_if((present & 0x20U) != 0);
        auto const tc = taker.take_if((present & 0x40U) != 0);
        indicator = taker.take_if((present & 0x80U) != 0);
        if (taker.is_short()) {
            return Error::truncated;
        }
        if (round == 1) {
            result.ta1 = ta;
            result.tb1 = tb;
            result.tc1 = tc;
        }
        if (round == 2) {
            result.ta2 = ta;
            result.tc2 = tc;
        }
        if (is_of_t1) {
            has_t1 = true;
            result.t1_ta = ta;
            result.t1_tb = tb;
            result.t1_tc = tc;
        }
        if (indicator) {
            std::uint8_t const protocol = low_nibble(*indicator);
            result.protocols = static_cast<std::uint16_t>(result.protocols | (1U << protocol));
            result.first_protocol = result.first_protocol.value_or(protocol);
        }
    }
    result.size = after_t0.size() - taker.rest();
    return result;
}

/// TCK makes the exclusive-or of T0 … TCK zero. §8.2.5.
bool check_byte_fits(ByteView bytes) {
    std::uint8_t sum = 0;
    for (std::uint8_t const byte : bytes.subspan(1)) {
        sum = static_cast<std::uint8_t>(sum ^ byte);
    }
    return sum == 0;
}

constexpr std::uint16_t bit_of(std::uint8_t protocol) {
    return static_cast<std::uint16_t>(1U << protocol);
}

constexpr std::uint16_t t0_bit = bit_of(0);
constexpr std::uint16_t t1_bit = bit_of(1);

} // namespace

Result<Atr> Atr::parse(ByteView bytes) {
    if (bytes.size() > atr_size_max) {
        return Error::too_long;
    }
    if (bytes.empty()) {
        return Error::truncated;
    }
    if (bytes[0] != direct_convention && bytes[0] != inverse_convention) {
        return Error::malformed;
    }
    if (bytes.size() < ts_and_t0_size) {
        return Error::truncated;
    }
    std::uint8_t const t0 = bytes[1];
    Result<Interface> const read = read_interface(t0, bytes.subspan(ts_and_t0_size));
    if (!read.ok()) {
        return read.error();
    }
    Interface const& interface = read.value();
    std::uint16_t const protocols = interface.first_protocol ? interface.protocols : t0_bit;
    bool const has_check_byte = protocols != t0_bit;
    std::size_t const historical_at = ts_and_t0_size + interface.size;
    std::size_t const size = historical_at + low_nibble(t0) + (has_check_byte ? 1U : 0U);
    if (bytes.size() != size) {
        return bytes.size() < size ? Error::truncated : Error::trailing_bytes;
    }
    if (has_check_byte && !check_byte_fits(bytes)) {
        return Error::malformed;
    }
    Atr atr;
    copy_bytes(bytes, atr.bytes_);
    atr.size_ = static_cast<std::uint8_t>(size);
    atr.historical_at_ = static_cast<std::uint8_t>(historical_at);
    atr.historical_size_ = low_nibble(t0);
    atr.protocols_ = protocols;
    // TA2 names the only protocol that the card speaks as it stands ("specific mode", §8.3).
    atr.first_protocol_ =
        interface.ta2 ? low_nibble(*interface.ta2) : interface.first_protocol.value_or(0);
    atr.ta1_ = interface.ta1;
    atr.tb1_ = interface.tb1;
    atr.tc1_ = interface.tc1;
    atr.ta2_ = interface.ta2;
    atr.tc2_ = interface.tc2;
    atr.t1_ta_ = interface.t1_ta;
    atr.t1_tb_ = interface.t1_tb;
    atr.t1_tc_ = interface.t1_tc;
    return atr;
}

bool Atr::offers(Protocol protocol) const {
    return (protocols_ & (protocol == Protocol::t1 ? t1_bit : t0_bit)) != 0;
}

Protocol Atr::default_protocol() const {
    if (first_protocol_ == 1) {
        return Protocol::t1;
    }
    return Protocol::t0;
}

} // namespace apdu
