#pragma once

#include "host/personalization/plan.hpp"
#include "host/personalization/request.hpp"

namespace personalization {

/// What the structure stage builds, all values settled.
struct StructureOrder {
    keys::CardIdentity card; ///< with the historical bytes that it shall have
    apdu::SpecVersion version;
    std::array<std::uint8_t, 16> card_id;
    std::array<std::uint8_t, 12> initialising_body;
    bool changes_historical_bytes;
    TryLimits tries;
    std::uint8_t default_pin_size; ///< bytes
    CosProfile const* profile;
};

/// The steps of the structure stage, in the profile's order. `keys` is asked for the sizes of its
/// keys only; a key that it has not is planned with the standard's size (see missing_keys()).
/// require: the profile knows the card's algorithm.
[[nodiscard]] std::vector<Step> structure_steps(StructureOrder const& order,
                                                keys::KeyService const& keys);

} // namespace personalization
