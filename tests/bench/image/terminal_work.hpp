#pragma once

#include "tests/bench/image/kiosk.hpp"

namespace bench {

// What is hard for a terminal, one after the other: an image with SSCARD_PEER_ENTROPY does it. Each
// ends the program where the terminal does not do its part.

/// Powers the card on.
void power_on(Kiosk& kiosk);
/// The holder's PIN is verified, then changed to one that is typed twice, both as long as can be.
void enter_pins(Kiosk& kiosk);
/// The terminal gets its keys.
void load_keys(Kiosk& kiosk);
/// A new PIN is typed twice and given out as a PIN block.
void capture_pin(Kiosk& kiosk);

/// The image for a terminal's second slot.
class NewImage {
public:
    /// Out of that file, as `sscard terminal update` takes it.
    explicit NewImage(std::string const& update_file);

    /// The terminal gets its header, and checks its signature.
    void begin(Kiosk& kiosk) const;
    /// Then all of it.
    void finish(Kiosk& kiosk) const;

private:
    Kiosk::Bytes header_{};
    Kiosk::Bytes body_{};
};

} // namespace bench
