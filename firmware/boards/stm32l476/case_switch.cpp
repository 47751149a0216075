#include "firmware/boards/stm32l476/case_switch.hpp"

namespace stm32l476 {
namespace {

constexpr std::uint32_t sealed = 0x5EA1'ED01;

constexpr std::uint32_t backup_writable = bit(8); // PWR_CR1
// RCC_BDCR, RCC_CSR
constexpr std::uint32_t rtc_on = bit(15);
constexpr std::uint32_t rtc_from_lsi = bit(9);
constexpr std::uint32_t lsi_on = bit(0);
// RTC_TAMPCR: at once when the pin rises, without the filter, which needs a clock that the battery
// would have to run.
constexpr std::uint32_t tamper_1_on = bit(0);
// RTC_ISR
constexpr std::uint32_t tamper_1_seen = bit(13);

} // namespace

CaseSwitch::CaseSwitch() {
    power().cr1.set(backup_writable);
    rcc().csr.set(lsi_on);
    if (!rcc().bdcr.has(rtc_on)) {
        rcc().bdcr.set(rtc_from_lsi | rtc_on);
    }
    pin_.make_input(Pull::none); // pulled up outside, to the battery
    if (!rtc().tampcr.has(tamper_1_on)) {
        rtc().tampcr.write(tamper_1_on);
    }
}

bool CaseSwitch::was_open() const {
    return is_open() || rtc().isr.has(tamper_1_seen) || rtc().bkp0r.read() != sealed;
}

// What was seen must be forgotten first: until then the backup registers stay erased.
bool CaseSwitch::seal() {
    if (is_open()) {
        return false;
    }
    rtc().isr.clear(tamper_1_seen);
    while (rtc().isr.has(tamper_1_seen) && !is_open()) {}
    rtc().bkp0r.write(sealed);
    return !was_open();
}

} // namespace stm32l476
