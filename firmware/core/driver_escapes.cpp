#include "firmware/core/driver_escapes.hpp"

#include "firmware/hal/display.hpp"

#include "keys/pin.hpp"

#include <algorithm>

namespace terminal {
namespace {

// The first bytes of the driver's commands.
constexpr std::uint8_t firmware_name = 0x02;
constexpr std::uint8_t notification = 0x01; ///< of slot changes, or another speed: 01 10 20
constexpr std::uint8_t features = 0x6A;
constexpr std::uint8_t texts = 0xB2;     ///< of the PIN pad; ours are in the terminal
constexpr std::uint8_t no_verify = 0xB5; ///< no empty VERIFY; this terminal sends none

constexpr std::size_t features_size = 21;

/// Firmware features: two lines of 16 columns, entry ends by full, enter or timeout, direct
/// verification and modification, messages' indices as many as bNumberMessage says, digits.
std::array<std::uint8_t, features_size> feature_bytes(bool has_pad) {
    std::array<std::uint8_t, features_size> bytes{};
    if (has_pad) {
        bytes[0] = 2;
        bytes[1] = hal::Display::columns;
        bytes[3] = 0x07;
        bytes[4] = 0x60;
        bytes[8] = 0x04;
        bytes[13] = keys::pin_digits_min;
        bytes[14] = keys::pin_digits_max;
    }
    return bytes;
}

} // namespace

std::optional<DriverEscape> DriverEscape::answer_to(apdu::ByteView command, std::string_view name,
                                                    bool has_pad) {
    DriverEscape answer{};
    if (command.empty()) {
        return std::nullopt;
    }
    switch (command[0]) {
    case firmware_name:
        answer.size = std::min(name.size(), answer.data.size());
        std::copy_n(name.begin(), answer.size, answer.data.begin());
        return answer;
    case features: {
        auto const bytes = feature_bytes(has_pad);
        answer.size = bytes.size();
        apdu::copy_bytes(bytes, answer.data);
        return answer;
    }
    case notification:
    case texts:
    case no_verify:
        return answer;
    default:
        return std::nullopt;
    }
}

} // namespace terminal
