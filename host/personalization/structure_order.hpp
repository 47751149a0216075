#pragma once

#include "host/personalization/personalize.hpp"
#include "host/personalization/structure_plan.hpp"

namespace personalization {

/// What the request asks for on that chip, all values settled: the card id with its authentication
/// code, the initialising body number, the historical bytes. An authentication code that no key is
/// at hand for is left 00 (missing_keys() names the key). Faults: those of the key service else.
/// require: the request has no problems, and is not for the data stage alone.
[[nodiscard]] session::Outcome<StructureOrder>
structure_order(PersonalizationRequest const& request, HistoricalBytes const& chip,
                keys::KeyService& keys);

} // namespace personalization
