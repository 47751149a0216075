#include "firmware/boards/stm32l476/card_contacts.hpp"

namespace stm32l476 {

CardContacts::CardContacts(ContactPins const& pins, hal::Clock& clock)
    : pins_{pins}, clock_{clock} {
    pins_.activate.make_output(Drive::push_pull, true);
    pins_.reset.make_output(Drive::push_pull, false);
    pins_.five_volts.make_output(Drive::push_pull, false);
    pins_.not_low_volts.make_output(Drive::push_pull, true);
    pins_.off.make_input(Pull::up);
}

bool CardContacts::is_card_in() {
    if (!pins_.off.is_high()) {
        since_us_.reset();
        return false;
    }
    std::uint64_t const now_us = clock_.now_us();
    since_us_ = since_us_.value_or(now_us);
    return now_us - *since_us_ >= presence_us;
}

// The voltage is chosen before VCC comes, and stays while it goes.
void CardContacts::set_supply(std::optional<hal::VoltageClass> voltage) const {
    if (!voltage) {
        pins_.activate.set(true);
        return;
    }
    pins_.five_volts.set(*voltage == hal::VoltageClass::a);
    pins_.not_low_volts.set(*voltage != hal::VoltageClass::c);
    pins_.activate.set(false);
}

} // namespace stm32l476
