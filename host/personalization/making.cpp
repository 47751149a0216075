#include "host/personalization/making.hpp"

#include <algorithm>

namespace personalization {
namespace {

/// In the order of Milestone.
constexpr auto milestone_names =
    std::to_array<std::string_view>({"begun", "structure_made", "made", "voided"});

} // namespace

std::string_view to_text(Milestone milestone) {
    return milestone_names.at(static_cast<std::size_t>(milestone));
}

std::optional<Milestone> milestone_from_text(std::string_view text) {
    auto const* const found = std::find(milestone_names.begin(), milestone_names.end(), text);
    if (found == milestone_names.end()) {
        return std::nullopt;
    }
    return static_cast<Milestone>(found - milestone_names.begin());
}

} // namespace personalization
