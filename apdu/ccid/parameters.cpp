#include "apdu/ccid/parameters.hpp"

namespace apdu::ccid {
namespace {

constexpr std::uint8_t inverse_bit = 0x02;
constexpr std::uint8_t crc_bit = 0x01;
constexpr std::uint8_t t1_bit = 0x10;
constexpr std::uint8_t clock_stop_max = 3;
constexpr std::uint8_t ifsc_max = 254;
constexpr std::uint8_t bwi_max = 9;

// Offsets in the structure; those of the message are header_size further.
constexpr std::uint8_t rate_at = 0;
constexpr std::uint8_t bits_at = 1;
constexpr std::uint8_t guard_at = 2;
constexpr std::uint8_t waiting_at = 3;
constexpr std::uint8_t stop_at = 4;
constexpr std::uint8_t ifsc_at = 5;
constexpr std::uint8_t nad_at = 6;

constexpr std::uint8_t in_message(std::uint8_t offset) {
    return static_cast<std::uint8_t>(header_size + offset);
}

/// The offset of the first byte that must not be like this, or nothing.
std::optional<std::uint8_t> find_bad(bool is_t1, ByteView data) {
    if (!clock_rate_of(data[rate_at])) {
        return in_message(rate_at);
    }
    std::uint8_t const bits = data[bits_at];
    bool const are_bits_right =
        is_t1 ? (bits & ~(inverse_bit | crc_bit)) == t1_bit : (bits & ~inverse_bit) == 0;
    if (!are_bits_right) {
        return in_message(bits_at);
    }
    if (is_t1 ? (data[waiting_at] >> 4U) > bwi_max : data[waiting_at] == 0) {
        return in_message(waiting_at);
    }
    if (data[stop_at] > clock_stop_max) {
        return in_message(stop_at);
    }
    if (is_t1 && (data[ifsc_at] == 0 || data[ifsc_at] > ifsc_max)) {
        return in_message(ifsc_at);
    }
    return std::nullopt;
}

} // namespace

Result<Parameters, std::uint8_t> Parameters::parse(std::uint8_t protocol, ByteView data) {
    if (protocol > 1) {
        return specific_at;
    }
    bool const is_t1 = protocol == 1;
    if (data.size() != (is_t1 ? t1_parameters_size : t0_parameters_size)) {
        return length_at;
    }
    if (auto const bad = find_bad(is_t1, data)) {
        return *bad;
    }
    Parameters parameters{.protocol = is_t1 ? Protocol::t1 : Protocol::t0,
                          .rate_code = data[rate_at],
                          .is_inverse = (data[bits_at] & inverse_bit) != 0,
                          .extra_guard = data[guard_at],
                          .clock_stop = data[stop_at]};
    if (!is_t1) {
        parameters.wi = data[waiting_at];
        return parameters;
    }
    parameters.bwi = static_cast<std::uint8_t>(data[waiting_at] >> 4U);
    parameters.cwi = static_cast<std::uint8_t>(data[waiting_at] & 0x0FU);
    parameters.ifsc = data[ifsc_at];
    parameters.nad = data[nad_at];
    parameters.edc = (data[bits_at] & crc_bit) != 0 ? Edc::crc : Edc::lrc;
    return parameters;
}

Parameters Parameters::of(Atr const& atr) {
    constexpr std::uint8_t inverse_ts = 0x3F;
    auto const line = TransmissionParameters::after_reset(atr);
    bool const is_specific = line.ok() && line.value().rate() != default_clock_rate;
    Parameters parameters{};
    parameters.protocol = atr.default_protocol();
    parameters.rate_code = is_specific ? *atr.ta1() : parameters.rate_code;
    parameters.is_inverse = atr.bytes()[0] == inverse_ts;
    parameters.extra_guard = atr.tc1().value_or(0);
    if (line.ok()) {
        LineValues const values = line.value().values();
        parameters.wi = values.wi;
        parameters.bwi = values.bwi;
        parameters.cwi = values.cwi;
        parameters.ifsc = values.ifsc;
        parameters.edc = values.edc;
    }
    return parameters;
}

std::size_t Parameters::encode(std::span<std::uint8_t, t1_parameters_size> out) const {
    bool const is_t1 = protocol == Protocol::t1;
    unsigned const bits = (is_inverse ? inverse_bit : 0U) | (is_t1 ? t1_bit : 0U) |
                          (is_t1 && edc == Edc::crc ? crc_bit : 0U);
    out[rate_at] = rate_code;
    out[bits_at] = static_cast<std::uint8_t>(bits);
    out[guard_at] = extra_guard;
    out[waiting_at] = is_t1 ? static_cast<std::uint8_t>((bwi << 4U) | cwi) : wi;
    out[stop_at] = clock_stop;
    if (!is_t1) {
        return t0_parameters_size;
    }
    out[ifsc_at] = ifsc;
    out[nad_at] = nad;
    return t1_parameters_size;
}

TransmissionParameters Parameters::on_line() const {
    return TransmissionParameters::of({.protocol = protocol,
                                       .rate = clock_rate_of(rate_code).value_or(ClockRate{}),
                                       .extra_guard = extra_guard,
                                       .wi = wi,
                                       .ifsc = ifsc,
                                       .bwi = bwi,
                                       .cwi = cwi,
                                       .edc = edc});
}

} // namespace apdu::ccid
