#pragma once

#include "firmware/boards/stm32l476/registers.hpp"

namespace stm32l476 {

/// Ports with pins in the package of 64.
enum class Port : std::uint8_t { a, b, c, d };

/// Whether a pin drives both levels, or only low.
enum class Drive : std::uint8_t { push_pull, open_drain };

/// What holds a pin that nothing drives.
enum class Pull : std::uint8_t { none = 0, up = 1, down = 2 };

/// A pin of the chip.
class Pin {
public:
    /// 0…15.
    constexpr Pin(Port port, std::uint8_t number) : port_{port}, number_{number} {}

    /// It is read only.
    void make_input(Pull pull) const;
    /// It is driven by set(), from now on with `is_high`.
    void make_output(Drive drive, bool is_high) const;
    /// It is driven by the peripheral of that number. Datasheet DS10198, table 17.
    void make_peripheral(std::uint8_t function, Drive drive, Pull pull) const;

    /// What it drives as an output, and keeps for the time when it is one again.
    void set(bool is_high) const;
    /// The level outside.
    [[nodiscard]] bool is_high() const;

private:
    enum class Mode : std::uint8_t { input = 0, output = 1, peripheral = 2 };

    [[nodiscard]] GpioRegisters& registers() const;
    void set_mode(Mode mode) const;
    void set_drive(Drive drive) const;
    void set_pull(Pull pull) const;

    Port port_;
    std::uint8_t number_;
};

} // namespace stm32l476
