#pragma once

#include "host/personalization/plan.hpp"

namespace personalization {

/// The keys that the steps take from the key service, each once, in the order of their use.
[[nodiscard]] std::vector<keys::KeyReference> keys_of(std::vector<Step> const& steps);

/// key_missing that names every key of `steps` that is not at hand; nothing when all are.
[[nodiscard]] std::optional<session::Fault> missing_keys(std::vector<Step> const& steps,
                                                         keys::Algorithm algorithm,
                                                         keys::KeyService const& keys);

} // namespace personalization
