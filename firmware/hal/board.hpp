#pragma once

#include "firmware/hal/card_line.hpp"
#include "firmware/hal/clock.hpp"
#include "firmware/hal/display.hpp"
#include "firmware/hal/flash.hpp"
#include "firmware/hal/host_line.hpp"
#include "firmware/hal/noise.hpp"
#include "firmware/hal/pin_pad.hpp"
#include "firmware/hal/system.hpp"

namespace hal {

/// All that the terminal's core is given by a board; what it refers to outlives the core.
struct Board {
    Clock& clock;
    System& system;
    Noise& noise;
    HostLine& pad_host; ///< the host's link to user card and PIN pad
    HostLine& sam_host; ///< the host's link to the SAMs
    CardLine& user_card;
    CardLine& sam_1;
    CardLine& sam_2;
    PinPad& pad;
    Display& display;
    Flash& key_flash;   ///< keys of the terminal
    Flash& image_flash; ///< two slots for images, and the boot record
};

} // namespace hal
