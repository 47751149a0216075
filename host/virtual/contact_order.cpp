#include "host/virtual/contact_order.hpp"

namespace virtual_card {
namespace {

/// More are not kept.
constexpr std::size_t violations_max = 100;

} // namespace

void ContactOrder::take(ContactState next, std::uint64_t now_us) {
    check_up(next, now_us);
    check_down(next);
    bool const is_clock_new = next.has_clock && !state_.has_clock;
    bool const is_reset_new = !next.is_reset_high && state_.is_reset_high;
    if (is_clock_new || is_reset_new) {
        reset_low_since_us_ = now_us;
    }
    state_ = next;
}

void ContactOrder::check_up(ContactState next, std::uint64_t now_us) {
    refuse_if(next.supply != 0 && state_.supply != 0 && next.supply != state_.supply,
              "VCC goes to another class without going down");
    refuse_if(next.is_io_high && !state_.is_io_high && state_.supply == 0, "I/O is up before VCC");
    refuse_if(next.has_clock && !state_.has_clock && state_.supply == 0,
              "CLK runs before VCC is on");
    refuse_if(next.has_clock && !state_.has_clock && !state_.is_io_high,
              "CLK runs before I/O is up");
    if (next.is_reset_high && !state_.is_reset_high) {
        refuse_if(!state_.has_clock, "RST is high before CLK runs");
        refuse_if(state_.has_clock && now_us - reset_low_since_us_ < reset_low_us_,
                  "RST is high within 400 clocks");
    }
}

void ContactOrder::check_down(ContactState next) {
    refuse_if(!next.has_clock && state_.has_clock && state_.is_reset_high,
              "CLK stops while RST is high");
    refuse_if(!next.is_io_high && state_.is_io_high && state_.has_clock,
              "I/O is down while CLK runs");
    refuse_if(next.supply == 0 && state_.supply != 0 &&
                  (state_.is_reset_high || state_.has_clock || state_.is_io_high),
              "VCC is off before the other contacts are down");
}

void ContactOrder::refuse_if(bool is_wrong, char const* text) {
    if (is_wrong && violations_.size() < violations_max) {
        violations_.emplace_back(text);
    }
}

} // namespace virtual_card
