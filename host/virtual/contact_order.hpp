#pragma once

#include "host/virtual/contact_event.hpp"

#include <string>
#include <vector>

namespace virtual_card {

/// Looks whether a terminal moves a card's contacts in the standard's order: VCC, I/O, CLK, RST,
/// and down RST, CLK, I/O, VCC. ISO/IEC 7816-3:2006 §6.2, §6.4.
class ContactOrder {
public:
    /// `reset_low_us`: how long RST has to be low from the start of CLK, or from its fall, on; 0 is
    /// for a terminal whose events do not come at their time.
    explicit ContactOrder(std::uint64_t reset_low_us) : reset_low_us_{reset_low_us} {}

    /// Takes the contacts as they are from `now_us` on.
    void take(ContactState next, std::uint64_t now_us);

    /// All contacts are down, however that came.
    void forget() { state_ = ContactState{}; }

    [[nodiscard]] ContactState state() const { return state_; }
    /// What was wrong so far, each in words.
    [[nodiscard]] std::vector<std::string> const& violations() const { return violations_; }

private:
    void check_up(ContactState next, std::uint64_t now_us);
    void check_down(ContactState next);
    void refuse_if(bool is_wrong, char const* text);

    std::uint64_t reset_low_us_;
    ContactState state_{};
    std::uint64_t reset_low_since_us_ = 0;
    std::vector<std::string> violations_{};
};

} // namespace virtual_card
