#pragma once

#include "tests/host/personalization/office.hpp"

namespace personalization {

/// What is left when a card's making stops: the card's memory and the journals.
struct StoppingPoint {
    std::size_t command; ///< the last one that the card carried out
    virtual_card::CardMemory memory;
    std::vector<RememberedMakings::Kept> makings;
};

/// Carries the request out once on a card with that memory, and tells of every point where it could
/// have stopped, points_apart(1): after each command. The last one is the finished card. Throws
/// where it fails.
[[nodiscard]] std::vector<StoppingPoint> stopping_points(virtual_card::CardMemory const& start,
                                                         PersonalizationRequest const& request);

} // namespace personalization
