#pragma once

#include "host/personalization/card_authentication.hpp"
#include "host/personalization/profile.hpp"

namespace personalization {

/// Deletes what the structure stage has made on the chip, from MF downwards, so that it is bare
/// again and its transport key in force; nothing is done where there is no MF. `with` names the
/// card that the structure was made for. The stage leaves MF without an MK, with the temporary one
/// or with the card's own: the own one is tried first, and a wrong one costs the card a try
/// (cos-t514.md §3; that an MF without an MK may be deleted is ASSUMED). Faults:
/// authentication_failed (neither MK is the card's), key_locked, key_missing; unexpected_status;
/// those of CardChannel.
[[nodiscard]] session::Outcome<apdu::Done> clear_structure(KeyedChannel const& with,
                                                           CosProfile const& profile);

} // namespace personalization
