#pragma once

#include "host/personalization/making.hpp"

#include "keys/key_service.hpp"

namespace personalization {

/// Check values of the keys that a making of that stage rests on, as far as they are at hand:
/// transport key, temporary MK and MK of the MF for a structure, IRK for all. Each is the start of
/// what the key makes of zeros, for a card that there is not. Faults: those of the key service.
[[nodiscard]] session::Outcome<std::vector<KeyCheck>>
key_checks(keys::KeyService& keys, keys::Algorithm algorithm, Stage stage);

/// Faults: other_keys, where the keys at hand are others than those that the making began with, or
/// keys for tests and those were none, or the other way round; those of the key service.
[[nodiscard]] session::Outcome<apdu::Done> expect_keys_of(Making const& begun,
                                                          keys::KeyService& keys);

} // namespace personalization
