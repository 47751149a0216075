#pragma once

#include "host/session/card_channel.hpp"
#include "host/session/file_commands.hpp"
#include "host/session/random_source.hpp"
#include "host/session/recognition.hpp"

#include "apdu/card_layout.hpp"
#include "keys/key_service.hpp"
#include "keys/key_versions.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace session {

/// One social security card, opened: recognized by name and FCI, with its directory and rights
/// tracked. Operations on it are free functions in this folder: basic_data.hpp, file_access.hpp,
/// pin.hpp, block.hpp.
class CardSession {
public:
    /// SELECT SSSE, read EF05, see what card it is. `keys` may be null: then nothing is
    /// authenticated. Faults: foreign_card, bare_chip (SSSE is there without a card id),
    /// unknown_version, algorithm_refused, card_id_malformed, card_blocked, application_blocked,
    /// and those of CardChannel.
    /// The channel and the keys must outlive the session.
    [[nodiscard]] static Outcome<CardSession> open(CardChannel& channel, keys::KeyService* keys,
                                                   RandomSource random = system_random,
                                                   keys::KeyVersions const& versions = {});

    [[nodiscard]] RecognizedCard const& card() const { return card_; }
    /// The file table of the card's generation.
    [[nodiscard]] apdu::CardLayout const& layout() const;
    [[nodiscard]] CardChannel& channel() { return channel_; }
    [[nodiscard]] keys::KeyService* keys() { return keys_; }

    /// That key in the version that this card is authenticated with.
    [[nodiscard]] keys::KeyReference in_use(apdu::KeyName key) const {
        return {key, versions_.of(card_.identity.algorithm, key)};
    }

    /// True when that key is at hand, for the algorithm of this card, in the version in use.
    [[nodiscard]] bool has_key(apdu::KeyName key) const;

    /// Commands on the files of the current directory.
    [[nodiscard]] FileCommands& files() { return files_; }

    /// Makes `directory` the current one (no command when it is already): security state is lost on
    /// a change. Faults: unknown_file (this generation of cards has no such directory);
    /// application_blocked, card_blocked, unexpected_status; those of CardChannel.
    [[nodiscard]] Outcome<apdu::Done> enter(apdu::Directory directory);

    /// EXTERNAL AUTHENTICATE with that key, once for as long as the directory stays. A key of SSSE
    /// works in every directory; for another one its directory is entered. Faults: key_missing,
    /// authentication_failed (tries_left), key_locked; request_invalid (a key that is not for
    /// this); those of enter() and CardChannel.
    [[nodiscard]] Outcome<apdu::Done> authenticate(keys::KeyReference key);

    /// True when that key was authenticated and the right still stands.
    [[nodiscard]] bool is_authenticated(keys::KeyReference key) const;

    /// INTERNAL AUTHENTICATE with IRK, in the version in use, against what the key service expects,
    /// over random numbers of the host. Faults: card_not_genuine, key_missing, key_service_failed
    /// (also: no random numbers).
    [[nodiscard]] Outcome<apdu::Done> check_genuine();

    /// Whether VERIFY succeeded since the directory was entered; noted by pin.hpp.
    [[nodiscard]] bool is_pin_verified() const { return is_pin_verified_; }
    void note_pin_verified() { is_pin_verified_ = true; }

    /// To be called when the card was reset, or a directory selected, by other means: the next
    /// enter() selects again, and no right counts.
    void forget_state();

private:
    CardSession(CardChannel& channel, keys::KeyService* keys, RandomSource random,
                keys::KeyVersions const& versions, FileCommands files, RecognizedCard card);
    Outcome<apdu::Done> select(apdu::Directory directory, apdu::Command const& command,
                               std::string_view label);
    Outcome<apdu::Done> send_authentication(keys::KeyReference key,
                                            keys::AuthenticationData const& data,
                                            keys::Challenge const& original);

    CardChannel& channel_;
    keys::KeyService* keys_;
    RandomSource random_;
    keys::KeyVersions versions_;
    FileCommands files_;
    RecognizedCard card_;
    std::optional<apdu::Directory> current_ = apdu::Directory::ssse; ///< nothing: not known
    std::vector<keys::KeyReference> authenticated_{};
    bool is_pin_verified_ = false;
};

} // namespace session
