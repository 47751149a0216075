#include "host/api/fault_text_rows.hpp"

#include <array>

namespace api {
namespace {

constexpr auto secret_texts = std::to_array<FaultText>({
    {"authentication_failed", 403, "The card did not accept our key.",
     "The key installed here is not the one on the card, or of another version.",
     "Stop before the key is locked; check the region and the installed keys."},
    {"key_locked", 403, "A key of the card is locked.", "It was tried wrongly too often.",
     "The card's issuer must replace the card."},
    {"key_missing", 403, "A key that this needs is not installed.",
     "The daemon's key store lacks it.",
     "Install the key, or serve the card where it is installed."},
    {"key_service_failed", 503, "The key service did not work.",
     "The module that keeps the keys reported a failure.",
     "See the daemon's log; check the key module, then try again."},
    {"psam_missing", 503, "There is no PSAM.",
     "The configured reader is not there, or is empty, or holds another card; and no other keys "
     "serve instead.",
     "Put the PSAM into its reader."},
    {"psam_lost", 503, "The PSAM stopped answering.",
     "It was taken out, has no contact, or its reader is gone. The card's work was ended; the next "
     "card finds the PSAM again.",
     "Look at the PSAM and its reader, then repeat."},
    {"psam_key_locked", 503, "A key in the PSAM is locked.",
     "The PSAM blocks a key that was used wrongly too often; this does not go away.",
     "Have whoever issued the PSAM replace it."},
    {"psam_level_too_low", 403, "The PSAM's keys are for other cards.",
     "Its key is that of another city or province, or of another level than the usage byte says.",
     "Serve the card where it was issued."},
    {"key_held_back", 409, "The HSM does not let a card's key out.",
     "A key that is written into a card passes through this machine's memory.",
     "Allow that for cards' own keys with card_keys_may_leave in the daemon's configuration, or "
     "make "
     "the structure of cards where it is allowed."},
    {"transport_key_wrong", 403, "The chip refused the transport key.",
     "The transport key installed here is not the one of this delivery of chips.",
     "Do not try again: a few wrong tries kill the chip. Ask the chip's supplier."},
    {"transport_key_refused_before", 409, "This chip has refused the transport key before.",
     "A few wrong tries kill the chip, so none is spent by itself.",
     "Install the right transport key, then repeat with --try-transport-key-again."},
    {"pin_wrong", 403, "The PIN is wrong.", "The card compared it and said no.",
     "Ask the holder. Whoever has forgotten it gets a new one: \"sscard pin reset\"."},
    {"pin_blocked", 403, "The PIN is blocked.", "It was typed wrongly too often.",
     "Reset it with the holder and their ID card present: \"sscard pin reset\"."},
    {"pin_not_set", 409, "The card has no PIN.", "None has been set on it.",
     "Set one: \"sscard pin reset\"."},
    {"pin_malformed", 422, "That is not a PIN.", "A PIN has 4 to 12 digits and nothing else.",
     "Type it again."},
    {"pin_not_given", 422, "No PIN was given.",
     "There is no terminal to ask at, or nothing came from the file descriptor.",
     "Run the command at a terminal, or give the PIN with --pin-fd (a new one: --new-pin-fd)."},
    {"pins_differ", 422, "The two entries of the new PIN differ.",
     "A new PIN is asked for twice, so that a slip does not lock the holder out.",
     "Type it again."},
    {"pin_needed", 403, "This needs the holder's PIN.",
     "The file may be read with the PIN, or with a key that is not installed.",
     "Repeat with --ask-pin."},
    {"last_try_refused", 409, "Only one try is left for the PIN, and it was not spent.",
     "Another wrong PIN blocks the card; that is the holder's decision, not a program's.",
     "Reset the PIN (\"sscard pin reset\"), or, if the holder is sure, repeat with "
     "--spend-last-try."},
    {"terminal_pin_refused", 403, "The message of the PIN pad was refused.",
     "It is for another card, was used before, or was changed; which one is not told.",
     "Let the holder type the PIN again. If that does not help, have the keys of the terminal "
     "renewed."},
    {"desk_pin_refused", 403, "A PIN may not be typed at this desk.",
     "The office's rules allow PINs only at a PIN pad.",
     "Serve the holder where there is a PIN pad, or have desk_entry allowed in the daemon's "
     "configuration."},
    {"bank_application", 403, "The bank application and its PIN are the bank's.",
     "On this card the social security side can neither read nor change them.",
     "Send the holder, with card and ID card, to a counter of the bank named on the card."},
});

} // namespace

std::span<FaultText const> secret_fault_texts() { return secret_texts; }

} // namespace api
