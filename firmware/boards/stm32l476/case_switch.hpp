#pragma once

#include "firmware/boards/stm32l476/pin.hpp"

namespace stm32l476 {

/// The switch of the case, on PC13: closed to ground while the case is. The chip watches it by
/// itself, on its battery too: when it opens, the backup registers are erased, and with them the
/// word that says that the case was closed ever since. So a terminal without a battery, or with an
/// empty one, was open.
class CaseSwitch {
public:
    /// Turns the chip's own watch on where it is not.
    CaseSwitch();

    [[nodiscard]] bool is_open() const { return pin_.is_high(); }
    /// Since the last seal(), or now.
    [[nodiscard]] bool was_open() const;
    /// From now on it was closed. False: it is open.
    [[nodiscard]] bool seal();

private:
    Pin pin_{Port::c, 13};
};

} // namespace stm32l476
