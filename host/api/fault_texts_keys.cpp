#include "host/api/fault_text_rows.hpp"

#include <array>

namespace api {
namespace {

constexpr auto key_texts = std::to_array<FaultText>({
    {"keys_locked", 423, "The keys are locked.",
     "The daemon has not been given the passphrase of its key store, or the keys were locked "
     "again.",
     "Have whoever knows the passphrase run \"sscard keys unlock\"."},
    {"passphrase_wrong", 403, "The passphrase is wrong.",
     "The key store is whole and was sealed with another one.",
     "Type it again with care; after each wrong one the daemon waits longer."},
    {"passphrase_wait", 429, "No passphrase is taken yet.",
     "One was wrong a moment ago; the time to wait doubles with each.",
     "Wait for as long as is said in brackets, then type it again."},
    {"passphrase_short", 422, "That passphrase will not do.",
     "A key store is sealed with 12 to 1024 bytes: whoever gets the file can try for ever.",
     "Take several words that nobody connects with the office."},
    {"passphrase_not_given", 422, "No passphrase was given.",
     "There is no terminal to ask at, or nothing came from the file descriptor.",
     "Run the command at a terminal, or give the passphrase with --passphrase-fd."},
    {"passphrases_differ", 422, "The two entries of the passphrase differ.",
     "It is asked for twice, because a slip would lock the keys away for good.", "Type it again."},
    {"credential_missing", 503, "The credential for the key store is not there.",
     "systemd did not give the daemon a credential of the configured name.",
     "Check LoadCredential= or LoadCredentialEncrypted= of sscardd.service and the name in the "
     "configuration's [keys]; then restart the daemon."},
    {"credential_wrong", 403, "The credential does not open the key store.",
     "It is not the one that the store was sealed with, or not of 32 bytes.",
     "Put the right credential into sscardd.service, then restart the daemon."},
    {"memory_not_locked", 503, "The keys were not taken into memory.",
     "The system does not let this process lock memory, so that keys could be written to the swap "
     "disk.",
     "Raise LimitMEMLOCK= of sscardd.service to 1M or more, then restart the daemon."},
    {"sealing_failed", 503, "Sealing or opening the key store did not work.",
     "The cipher library failed, or there is no memory for stretching the passphrase.",
     "See what is said in brackets; free a quarter of a gigabyte of memory, then try again."},
    {"no_key_store", 409, "No key store is configured.",
     "The daemon has no keys, or ones that are not in a sealed store: a file's, a centre's, an "
     "HSM's.",
     "Set store in [keys] of the daemon's configuration, then restart the daemon."},
    {"key_known", 409, "There is such a key already.",
     "A store holds one key for each name, algorithm and version; none of the file's was taken in.",
     "Compare the check values (\"sscard keys list\"); remove the old key first if it is to go."},
    {"key_unknown", 404, "There is no such key.",
     "The store has none of that name, algorithm and version.",
     "Look it up with \"sscard keys list\"."},
    {"check_value_differs", 409, "The check value is not that key's.",
     "A key is removed only with its check value repeated, so that the wrong one is not.",
     "Look it up with \"sscard keys list\"."},
    {"terminal_key_missing", 404, "The keys for that terminal are not all there.",
     "An initial key needs the BDK whose id the terminal's begins with, and the terminal's KBPK, "
     "no "
     "smaller than the BDK.",
     "Look at \"sscard keys list\"; make the missing one by \"sscard keys terminal-ceremony\"."},
    {"terminal_keys_elsewhere", 409, "Keys of terminals cannot be kept here.",
     "The HSM, and what leads to it, keeps keys of cards only.",
     "Keep them in a sealed store at the centre."},
    {"key_in_the_field", 409, "Cards in the field need that key.",
     "So many live cards of the register have no other version of it to go by; without the key "
     "they cannot be served.",
     "Look at \"sscard keys cards\", and replace them first; or give them up with "
     "--despite-cards."},
    {"key_not_rotated", 409, "That key does not go over to another version.",
     "Cards carry it once only, or nothing that sscard does authenticates with it.",
     "A new key of it reaches cards when they are made: see \"Rotation\" in the operator's guide."},
    {"key_in_use", 409, "That version of the key is the one in use.",
     "Cards are authenticated with it already; nothing would change.",
     "Look at \"sscard keys cards\"."},
    {"key_file_invalid", 422, "The key file cannot be used.",
     "Something in it is not as it must be; nothing was taken in.",
     "Correct every line listed here, then repeat."},
    {"keys_in_clear", 409, "The keys lie in a file in the clear.",
     "Whoever reads that file can make cards.",
     "Seal them: set store in [keys] instead of file, then run \"sscard keys create-store --import "
     "FILE\" and destroy the file."},
    {"test_keys_in_use", 409, "The keys are test keys.",
     "Everybody knows them: cards made with them are for trying, never for a holder.",
     "Before real work make a store of real keys and set production = true in [office]."},
    {"test_keys_mixed", 409, "Test keys and real ones are not kept together.",
     "The store and the file are not both marked as a test's, or both not.",
     "Make a store of its own for test keys."},
    {"test_keys_refused", 403, "Test keys are refused here.",
     "The daemon's configuration says production = true.",
     "Use real keys, or set production = false in an office for trials."},
});

} // namespace

std::span<FaultText const> key_fault_texts() { return key_texts; }

} // namespace api
