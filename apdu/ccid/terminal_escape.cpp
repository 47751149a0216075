#include "apdu/ccid/terminal_escape.hpp"

#include <algorithm>

namespace apdu::ccid {
namespace {

constexpr std::size_t capture_fixed_size = 5;
constexpr std::uint8_t capture_digits_max = 12;
constexpr std::size_t counter_at = 8;
constexpr std::size_t block_at = 12;

bool is_pan(ByteView pan) {
    bool const is_size = pan.size() >= capture_pan_min && pan.size() <= capture_pan_max;
    return is_size && std::all_of(pan.begin(), pan.end(), [](std::uint8_t character) {
               return character >= '0' && character <= '9';
           });
}

} // namespace

Result<PinCaptureRequest> PinCaptureRequest::parse(ByteView data) {
    if (data.size() < capture_fixed_size) {
        return Error::truncated;
    }
    PinCaptureRequest const request{.timeout_s = data[0],
                                    .digits_min = data[1],
                                    .digits_max = data[2],
                                    .language =
                                        static_cast<std::uint16_t>(data[3] | (data[4] << 8U)),
                                    .pan = data.subspan(capture_fixed_size)};
    bool const are_bounds_right = request.digits_min > 0 &&
                                  request.digits_min <= request.digits_max &&
                                  request.digits_max <= capture_digits_max;
    return are_bounds_right && is_pan(request.pan) ? Result<PinCaptureRequest>{request}
                                                   : Result<PinCaptureRequest>{Error::malformed};
}

std::size_t PinCaptureRequest::encode(ByteSpan out) const {
    require(out.size() >= capture_fixed_size + pan.size());
    out[0] = timeout_s;
    out[1] = digits_min;
    out[2] = digits_max;
    out[3] = static_cast<std::uint8_t>(language);
    out[4] = static_cast<std::uint8_t>(language >> 8U);
    copy_bytes(pan, out.subspan(capture_fixed_size));
    return capture_fixed_size + pan.size();
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
