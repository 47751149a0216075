#pragma once

#include "host/session/card_channel.hpp"

#include "apdu/card_layout.hpp"
#include "apdu/identifiers.hpp"
#include "keys/card_identity.hpp"
#include "keys/key_service.hpp"

#include <string>

namespace session {

/// What SELECT SSSE and SSSE/EF05 tell of a card.
struct RecognizedCard {
    keys::CardIdentity
        identity; ///< algorithm of the FCI (or by region, card.md §1.2), region of the card id
    apdu::SpecVersion version;
    std::vector<std::uint8_t> issuer_data; ///< all records of SSSE/EF05 as the card gave them
};

/// One social security card, opened: recognized by name and FCI, with its directory and rights
/// tracked. Operations on it are free functions in this folder: basic_data.hpp, file_access.hpp,
/// pin.hpp, block.hpp.
class CardSession {
public:
    /// SELECT SSSE, read EF05, see what card it is. `keys` may be null: then nothing is
    /// authenticated. Faults: foreign_card, bare_chip (SSSE is there without a card id),
    /// unknown_version, algorithm_refused, card_id_malformed, card_blocked, application_blocked,
    /// and those of CardChannel.
    [[nodiscard]] static Outcome<CardSession> open(CardChannel& channel, keys::KeyService* keys);

    [[nodiscard]] RecognizedCard const& card() const { return card_; }
    [[nodiscard]] apdu::CardLayout const& layout() const;
    [[nodiscard]] CardChannel& channel() { return channel_; }
    [[nodiscard]] keys::KeyService* keys() { return keys_; }

    /// Makes `directory` the current one (no command when it is already): security state is lost on
    /// a change.
    [[nodiscard]] Outcome<apdu::Done> enter(apdu::Directory directory);

    /// EXTERNAL AUTHENTICATE with that key, once for as long as the directory stays. Faults:
    /// key_missing, authentication_failed (tries_left), key_locked.
    [[nodiscard]] Outcome<apdu::Done> authenticate(keys::KeyReference key);

    /// INTERNAL AUTHENTICATE with IRK against what the key service expects. Faults:
    /// card_not_genuine, key_missing.
    [[nodiscard]] Outcome<apdu::Done> check_genuine();

private:
    CardSession(CardChannel& channel, keys::KeyService* keys, RecognizedCard card);
    CardChannel& channel_;
    keys::KeyService* keys_;
    RecognizedCard card_;
    apdu::Directory current_ = apdu::Directory::ssse;
    std::vector<keys::KeyReference> authenticated_{};
};

} // namespace session
