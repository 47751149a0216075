#include "host/virtual/line_fault.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace virtual_card {
namespace {

struct LineFaultRow {
    std::string_view name;
    LineFaultKind kind;
    bool has_number;
};

constexpr auto line_fault_rows = std::to_array<LineFaultRow>({
    {"parity", LineFaultKind::parity, true},
    {"parity-always", LineFaultKind::parity_always, true},
    {"silent", LineFaultKind::silent, true},
    {"babble", LineFaultKind::babble, true},
    {"pulled", LineFaultKind::pulled, true},
    {"late", LineFaultKind::late, true},
    {"nulls", LineFaultKind::nulls, false},
    {"bad-check", LineFaultKind::bad_check, true},
    {"bad-tck", LineFaultKind::bad_tck, false},
    {"bad-ts", LineFaultKind::bad_ts, false},
});

constexpr std::size_t number_max = 999'999;

} // namespace

apdu::Result<LineFault> parse_line_fault(std::string_view text) {
    auto const mark = text.find('@');
    auto const name = text.substr(0, mark);
    auto const* const row =
        std::find_if(line_fault_rows.begin(), line_fault_rows.end(),
                     [&](LineFaultRow const& each) { return each.name == name; });
    if (row == line_fault_rows.end()) {
        return apdu::Error::not_found;
    }
    if (row->has_number != (mark != std::string_view::npos)) {
        return apdu::Error::malformed;
    }
    LineFault fault{row->kind};
    if (!row->has_number) {
        return fault;
    }
    std::string_view const digits = text.substr(mark + 1);
    std::size_t number = 0;
    char const* const end = digits.data() + digits.size();
    auto const [stopped, error] = std::from_chars(digits.data(), end, number);
    if (error != std::errc{} || stopped != end || number == 0 || number > number_max) {
        return apdu::Error::malformed;
    }
    fault.at = number;
    return fault;
}

bool has_fault(std::vector<LineFault> const& faults, LineFaultKind kind, std::size_t number) {
    return std::any_of(faults.begin(), faults.end(), [&](LineFault const& fault) {
        return fault.kind == kind && (!fault.at || *fault.at == number);
    });
}

} // namespace virtual_card
