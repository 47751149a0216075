#include "host/api/fault_text_rows.hpp"

#include <array>

namespace api {
namespace {

constexpr auto hsm_texts = std::to_array<FaultText>({
    {"hsm_module_unusable", 503, "The library of the HSM does not work.",
     "It cannot be loaded, or refuses to begin; what it or the system says is in brackets.",
     "Check module in [[keys.token]], and with the vendor's own tools whether the HSM answers."},
    {"hsm_token_missing", 503, "The HSM has no such token.",
     "No slot has a token of the configured label; it may have been taken out.",
     "Put the token back, or correct label in [[keys.token]]; the daemon finds it by itself."},
    {"hsm_pin_wrong", 403, "The HSM refused the PIN.",
     "It is not the token's user PIN. It is not tried again by itself, so that no try is lost.",
     "Run \"sscard keys unlock\" and type it with care: a token locks after a few wrong ones."},
    {"hsm_pin_at_risk", 403, "The HSM's PIN is not tried.",
     "A wrong one was given before, and another may lock the token.",
     "Have whoever knows the PIN run \"sscard keys unlock\"."},
    {"hsm_pin_locked", 403, "The HSM's PIN is locked.",
     "Too many wrong PINs were given to the token.",
     "Have the HSM's security officer set a new one, then run \"sscard keys unlock\"."},
    {"hsm_lost", 503, "The HSM is gone.",
     "The token, its session or the library does not answer any more.",
     "Check the HSM and its cable or network; the daemon finds it again by itself."},
    {"hsm_mechanism_missing", 409, "The HSM cannot do that.",
     "It has no such mechanism, or does not allow it with the key.",
     "Give the vendor's numbers in [[keys.token]] if it can after all; else keep the keys for such "
     "cards elsewhere."},
    {"hsm_refused", 409, "The HSM refused what was asked of it.",
     "What it says is in brackets; nothing was changed.",
     "Look it up in the vendor's manual; often the token is full, or its policy forbids it."},
    {"hsm_busy", 503, "The HSM has too much to do.",
     "All sessions are in use, and as many jobs as may wait are waiting.",
     "Try again in a moment."},
    {"hsm_keys_stay", 409, "An HSM's keys are not given out.",
     "They were made never to leave it, so that this daemon cannot make a copy of them.",
     "Make the backup with the HSM's own tools, or set up a spare token with the same components."},
    {"hsm_key_leaves", 409, "The HSM would give a key out.",
     "It is not sensitive, or extractable: sscard did not make it so.",
     "Remove it and take it in again: \"sscard keys ceremony\"."},
    {"hsm_spare_lacks", 409, "A spare token has not every key.",
     "The keys in brackets are in the token in use alone: those made inside it never leave it.",
     "Know that cards under them wait for that token; keys of \"sscard keys ceremony\" are in "
     "all."},
    {"no_hsm", 409, "The keys of this daemon are not in an HSM.",
     "Only a token makes a key for itself.", "Make it with \"sscard keys ceremony --generate\"."},
    {"psam_absent", 503, "There is no PSAM in its reader.",
     "The reader that [psam] names is not there, or has no card; the keys behind the PSAM are "
     "used.",
     "Put the PSAM in, or correct reader in [psam]; the next card looks again."},
    {"psam_hangs", 503, "The PSAM's reader does not answer.",
     "A call into it has not come back; the keys behind the PSAM are used until it does.",
     "Pull the reader out and put it in again; if that does not help, restart the PC/SC service."},
    {"psam_unusable", 503, "The PSAM cannot be used.",
     "The reader is held by another program, or the card in it is no PSAM.",
     "End the other program, or put the office's PSAM into the reader."},
});

} // namespace

std::span<FaultText const> hsm_fault_texts() { return hsm_texts; }

} // namespace api
