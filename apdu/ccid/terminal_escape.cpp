#include "apdu/ccid/terminal_escape.hpp"

namespace apdu::ccid {
namespace {

constexpr std::uint8_t capture_digits_min = 4;
constexpr std::uint8_t capture_digits_max = 12;
constexpr std::size_t counter_at = 8;
constexpr std::size_t block_at = 12;

} // namespace

Result<PinCaptureRequest> PinCaptureRequest::parse(ByteView data) {
    if (data.size() != size) {
        return data.size() < size ? Error::truncated : Error::trailing_bytes;
    }
    PinCaptureRequest const request{.timeout_s = data[0],
                                    .digits_min = data[1],
                                    .digits_max = data[2],
                                    .language =
                                        static_cast<std::uint16_t>(data[3] | (data[4] << 8U))};
    bool const are_bounds_right = request.digits_min >= capture_digits_min &&
                                  request.digits_min <= request.digits_max &&
                                  request.digits_max <= capture_digits_max;
    return are_bounds_right ? Result<PinCaptureRequest>{request}
                            : Result<PinCaptureRequest>{Error::malformed};
}

void PinCaptureRequest::encode(std::span<std::uint8_t, size> out) const {
    out[0] = timeout_s;
    out[1] = digits_min;
    out[2] = digits_max;
    out[3] = static_cast<std::uint8_t>(language);
    out[4] = static_cast<std::uint8_t>(language >> 8U);
}

Result<CapturedPin> CapturedPin::parse(ByteView data) {
    if (data.size() != size) {
        return data.size() < size ? Error::truncated : Error::trailing_bytes;
    }
    CapturedPin pin{};
    copy_bytes(data.first(counter_at), pin.initial_key_id);
    for (std::uint8_t const byte : data.subspan(counter_at, block_at - counter_at)) {
        pin.counter = (pin.counter << 8U) | byte;
    }
    copy_bytes(data.subspan(block_at), pin.block);
    return pin;
}

void CapturedPin::encode(std::span<std::uint8_t, size> out) const {
    copy_bytes(initial_key_id, out);
    std::uint32_t rest = counter;
    for (std::size_t i = block_at; i > counter_at; --i) {
        out[i - 1] = static_cast<std::uint8_t>(rest);
        rest >>= 8U;
    }
    copy_bytes(block, out.subspan(block_at));
}

} // namespace apdu::ccid
