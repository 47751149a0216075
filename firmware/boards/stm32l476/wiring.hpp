#pragma once

#include "firmware/boards/stm32l476/keypad.hpp"
#include "firmware/boards/stm32l476/smartcard_line.hpp"
#include "firmware/boards/stm32l476/st7920_display.hpp"

// Which pin is what; docs/terminal.md has the same as a table.
namespace stm32l476::wiring {

inline constexpr std::uint8_t usart1_to_3_function = 7;
inline constexpr std::uint8_t uart4_to_5_function = 8;

/// 80 MHz / 2 / 10 = 4 MHz.
inline constexpr std::uint8_t user_prescaler = 10;
/// 80 MHz / 2 / 9 = 4.44 MHz. The next one is 5 MHz, which a cold or hot oscillator would exceed.
inline constexpr std::uint8_t sam_prescaler = 9;

/// The user card's line.
inline SmartcardPort user_port() {
    return {usart1(),     Interrupt::usart1,    {Port::a, 9},
            {Port::a, 8}, usart1_to_3_function, user_prescaler};
}
inline constexpr ContactPins user_contacts{
    {Port::c, 0}, {Port::c, 1}, {Port::c, 2}, {Port::c, 3}, {Port::c, 6}};

/// The lines of the SAMs.
inline SmartcardPort sam_1_port() {
    return {usart2(),     Interrupt::usart2,    {Port::a, 2},
            {Port::a, 4}, usart1_to_3_function, sam_prescaler};
}
inline SmartcardPort sam_2_port() {
    return {usart3(),      Interrupt::usart3,    {Port::b, 10},
            {Port::b, 12}, usart1_to_3_function, sam_prescaler};
}
inline constexpr ContactPins sam_1_contacts{
    {Port::a, 0}, {Port::a, 1}, {Port::a, 3}, {Port::a, 5}, {Port::a, 6}};
inline constexpr ContactPins sam_2_contacts{
    {Port::c, 4}, {Port::c, 5}, {Port::b, 0}, {Port::b, 1}, {Port::b, 2}};

inline constexpr KeypadPins keypad{{{{Port::b, 4}, {Port::b, 5}, {Port::b, 6}, {Port::b, 7}}},
                                   {{{Port::b, 8}, {Port::b, 9}, {Port::c, 8}}}};

inline constexpr DisplayPins display{{Port::b, 14}, {Port::c, 7}, {Port::b, 13}, {Port::b, 15}};

/// Pins of the host's lines: TX and RX of UART4, then of UART5.
inline void connect_host_lines() {
    constexpr Pin outputs[] = {{Port::c, 10}, {Port::c, 12}};
    constexpr Pin inputs[] = {{Port::c, 11}, {Port::d, 2}};
    for (Pin const& output : outputs) {
        output.make_peripheral(uart4_to_5_function, Drive::push_pull, Pull::none);
    }
    for (Pin const& input : inputs) {
        input.make_peripheral(uart4_to_5_function, Drive::push_pull, Pull::up);
    }
}

} // namespace stm32l476::wiring
