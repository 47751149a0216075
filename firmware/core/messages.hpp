#pragma once

#include "apdu/bytes.hpp"

#include <array>

namespace terminal {

/// What the display can say.
enum class Message : std::uint8_t {
    welcome,
    enter_pin,
    enter_new_pin,
    repeat_new_pin,
    pins_differ,
    too_short,
    please_wait,
    pin_right,
    pin_wrong,
    pin_blocked,
    pin_changed,
    cancelled,
    timed_out,
    card_error,
    out_of_order,
    count
};

/// The display's languages.
enum class Language : std::uint8_t { chinese, english };

/// Of a USB language number: English for each kind of English, else Chinese.
[[nodiscard]] constexpr Language language_of(std::uint16_t usb_number) {
    constexpr std::uint16_t primary_mask = 0x3FF;
    constexpr std::uint16_t english = 0x09;
    return (usb_number & primary_mask) == english ? Language::english : Language::chinese;
}

/// The line for it, in GB 2312, at most as long as the display's.
[[nodiscard]] apdu::ByteView text_of(Message message, Language language);

} // namespace terminal
