#pragma once

#include "host/personalization/making.hpp"
#include "host/personalization/profile.hpp"

#include "host/session/card_channel.hpp"

#include "keys/key_service.hpp"

namespace personalization {

/// How a card was made void.
enum class VoidedBy : std::uint8_t {
    card_block,        ///< CARD BLOCK: it answers nothing any more
    structure_deleted, ///< the chip is bare again, or was still
};

/// "card_block", "structure_deleted".
[[nodiscard]] std::string_view to_text(VoidedBy how);

/// What became of the card.
struct VoidedCard {
    VoidedBy how;
    std::string reset_info; ///< 26 hex digits
    std::string card_id;    ///< 32 hex digits; empty where the card told none
};

/// Makes the card that lies in the reader void for good and says so in the journals, with the
/// reason. A structure that is not closed is deleted; any other card is blocked by CARD BLOCK,
/// after it was found genuine by IRK, in its version of `versions`. `likely` (may be null) is the
/// card that a structure belongs to where its journal is damaged; its MKs are tried. Faults:
/// foreign_card (a card that no journal tells of and that cannot be opened as one of ours: no key
/// is proved to it, and nothing deleted), card_not_genuine, key_missing, other_keys (its making
/// began with others), authentication_failed; bare_chip (there is nothing on the chip, and no
/// journal of it is open); journal_failed; those of CardSession::open() and CardChannel.
[[nodiscard]] session::Outcome<VoidedCard>
void_card(session::CardChannel& channel, keys::KeyService& keys, MakingJournals& journals,
          CosProfile const& profile, keys::CardIdentity const* likely, std::string const& reason,
          keys::KeyVersions const& versions = {});

} // namespace personalization
