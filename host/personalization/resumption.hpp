#pragma once

#include "host/personalization/making.hpp"

namespace personalization {

/// Why the request does not go on with that making: card_in_making, with a problem for each thing
/// that it asks for and the making is not about (another person, stage, version, …). Nothing when
/// it is the same command again, or one for what is left of it.
[[nodiscard]] std::optional<session::Fault> not_the_same(PersonalizationRequest const& request,
                                                         OpenMaking const& open);

/// What a journal keeps of the request's record; empty without one.
[[nodiscard]] RecordMark record_of(PersonalizationRequest const& request);

/// The making with the record of the request that goes on with it; another one that it had is among
/// the earlier ones then.
[[nodiscard]] Making gone_on_with(Making making, PersonalizationRequest const& request);

/// True when what is left is the data stage alone.
[[nodiscard]] bool is_structure_settled(OpenMaking const& open);

/// The card whose keys the making's chip has, or gets.
[[nodiscard]] keys::CardIdentity identity_of(Making const& making);

} // namespace personalization
