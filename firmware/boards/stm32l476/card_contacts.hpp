#pragma once

#include "firmware/boards/stm32l476/pin.hpp"
#include "firmware/hal/card_line.hpp"
#include "firmware/hal/clock.hpp"

namespace stm32l476 {

/// Where a front end of the kind of the TDA8035 is wired to.
struct ContactPins {
    Pin activate;      ///< CMDVCCN: low turns VCC on
    Pin five_volts;    ///< EN_5V/3VN: high 5 V, low 3 V
    Pin not_low_volts; ///< EN_1.8VN: low 1.8 V
    Pin reset;         ///< RSTIN
    Pin off;           ///< OFFN: high while a card is in and nothing is wrong; open drain
};

/// VCC, RST and the presence of one card by a front end, which takes the contacts down by itself
/// when the card leaves or takes too much current, in the order of ISO/IEC 7816-3:2006 §6.4.
class CardContacts {
public:
    /// Takes them down. `clock` must outlive it.
    CardContacts(ContactPins const& pins, hal::Clock& clock);

    /// A card is in once it has been for presence_us; it is out at once, as its contacts are down
    /// already. One that took too much current is out until VCC is set to nothing.
    [[nodiscard]] bool is_card_in();
    void set_supply(std::optional<hal::VoltageClass> voltage) const;
    void set_reset(bool is_high) const { pins_.reset.set(is_high); }

    /// For so long its switch bounces.
    static constexpr std::uint64_t presence_us = 20'000;

private:
    ContactPins pins_;
    hal::Clock& clock_;
    std::optional<std::uint64_t> since_us_; ///< nothing: no card
};

} // namespace stm32l476
