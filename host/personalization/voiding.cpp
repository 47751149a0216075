#include "host/personalization/voiding.hpp"

#include "host/personalization/card_items.hpp"
#include "host/personalization/key_checks.hpp"
#include "host/personalization/resumption.hpp"
#include "host/personalization/structure_clearing.hpp"

#include "host/session/block.hpp"
#include "host/session/card_session.hpp"
#include "host/session/foreign_card.hpp"
#include "host/session/hex_text.hpp"

namespace personalization {
namespace {

using session::Fault;
using session::FaultCode;
using session::Outcome;

/// One card on its way to be void.
class Voiding {
public:
    Voiding(session::CardChannel& channel, keys::KeyService& keys, CosProfile const& profile)
        : channel_{channel}, keys_{keys}, profile_{profile} {}

    Outcome<VoidedBy> clear(keys::CardIdentity const& card) {
        auto const cleared = clear_structure({channel_, keys_, card}, profile_);
        return cleared.ok() ? Outcome<VoidedBy>{VoidedBy::structure_deleted} : cleared.error();
    }

    Outcome<VoidedBy> block(session::CardSession& card) {
        auto const genuine = card.check_genuine();
        if (!genuine.ok()) {
            return genuine.error();
        }
        auto const blocked = session::block_card(card);
        if (blocked.ok()) {
            return VoidedBy::card_block;
        }
        // A structure that was not closed may lack the key for it.
        return blocked.error().status == apdu::sw::key_not_found ? clear(card.card().identity)
                                                                 : blocked.error();
    }

private:
    session::CardChannel& channel_;
    keys::KeyService& keys_;
    CosProfile const& profile_;
};

/// What the journals say of the chip.
struct Journaled {
    std::optional<keys::CardIdentity> structure{}; ///< that was begun for that card, not closed
    std::string card_id{};
    bool is_damaged = false;
};

Outcome<Journaled> journaled(MakingJournals const& journals, HistoricalBytes const& chip,
                             keys::KeyService& keys) {
    auto const found = journals.find(chip);
    if (!found.ok()) {
        bool const is_damaged = found.error().code == FaultCode::journal_damaged;
        return is_damaged ? Outcome<Journaled>{Journaled{.is_damaged = true}} : found.error();
    }
    Journaled told;
    if (auto const& open = found.value()) {
        auto const same_keys = expect_keys_of(open->making, keys);
        if (!same_keys.ok()) {
            return same_keys.error();
        }
        told.card_id = open->making.card_id;
        if (!is_structure_settled(*open)) {
            told.structure = identity_of(open->making);
        }
    }
    return told;
}

/// What lies there is no card that can be opened. No key is proved to it, and nothing deleted, but
/// where a journal says that a structure was begun on this very chip.
Outcome<VoidedBy> void_remains(Voiding& voiding, Fault const& found, Journaled const& told,
                               keys::CardIdentity const* likely) {
    bool const is_begun = told.structure || told.is_damaged;
    switch (found.code) {
    case FaultCode::card_blocked:
        return VoidedBy::card_block;
    case FaultCode::foreign_card: // an MF without SSSE is no card that anybody knows
        if (found.detail != session::unknown_card) {
            return found;
        }
        break;
    case FaultCode::bare_chip:
        if (found.ins == apdu::Ins::select && !is_begun) { // there is not even an MF
            return found;
        }
        break;
    case FaultCode::answer_malformed:
        break;
    default:
        return found;
    }
    if (told.structure) {
        return voiding.clear(*told.structure);
    }
    if (told.is_damaged && likely != nullptr) {
        return voiding.clear(*likely);
    }
    return Fault{.code = FaultCode::foreign_card,
                 .detail = "no journal tells of what is on it: " + found.detail,
                 .status = found.status,
                 .ins = found.ins};
}

/// Why a card that does not have 13 historical bytes is none of ours.
Fault no_chip_of_ours(session::CardChannel& channel, keys::KeyService& keys, Fault const& why) {
    auto const card = session::CardSession::open(channel, &keys);
    return card.ok() || card.error().code == FaultCode::bare_chip
               ? Fault{.code = FaultCode::foreign_card, .detail = why.detail}
               : card.error();
}

} // namespace

std::string_view to_text(VoidedBy how) {
    switch (how) {
    case VoidedBy::card_block:
        return "card_block";
    case VoidedBy::structure_deleted:
        return "structure_deleted";
    }
    return {};
}

Outcome<VoidedCard> void_card(session::CardChannel& channel, keys::KeyService& keys,
                              MakingJournals& journals, CosProfile const& profile,
                              keys::CardIdentity const* likely, std::string const& reason,
                              keys::KeyVersions const& versions) {
    auto const chip = session::historical_bytes_of(channel.atr());
    if (!chip.ok()) {
        return no_chip_of_ours(channel, keys, chip.error());
    }
    auto told = journaled(journals, chip.value(), keys);
    if (!told.ok()) {
        return told.error();
    }
    auto card = session::CardSession::open(channel, &keys, session::system_random, versions);
    Voiding voiding{channel, keys, profile};
    auto const how = !card.ok() ? void_remains(voiding, card.error(), told.value(), likely)
                     : told.value().structure ? voiding.clear(*told.value().structure)
                                              : voiding.block(card.value());
    if (!how.ok()) {
        return how.error();
    }
    std::string const card_id =
        card.ok() ? card_id_text(card.value().card().issuer_data) : told.value().card_id;
    auto const recorded = journals.record_void(chip.value(), card_id, reason);
    if (!recorded.ok()) {
        return recorded.error();
    }
    return VoidedCard{how.value(), session::hex_text(chip.value()), card_id};
}

} // namespace personalization
