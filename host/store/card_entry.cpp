#include "host/store/card_entry.hpp"

#include <algorithm>
#include <array>

namespace store {
namespace {

/// In the order of CardState.
constexpr auto state_names =
    std::to_array<std::string_view>({"in_making", "blank", "live", "voided"});

} // namespace

std::string_view to_text(CardState state) {
    return state_names.at(static_cast<std::size_t>(state));
}

std::optional<CardState> card_state_from_text(std::string_view text) {
    auto const* const found = std::find(state_names.begin(), state_names.end(), text);
    if (found == state_names.end()) {
        return std::nullopt;
    }
    return static_cast<CardState>(found - state_names.begin());
}

} // namespace store
