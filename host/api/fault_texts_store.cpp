#include "host/api/fault_text_rows.hpp"

#include <array>

namespace api {
namespace {

constexpr auto store_texts = std::to_array<FaultText>({
    {"store_missing", 404, "There is no key store yet.",
     "No file stands at the configured path, or its folder is not there.",
     "Make one: \"sscard keys create-store\"; or put the backup back."},
    {"store_exists", 409, "There is a key store already.",
     "A store is never made over another, whose keys would be lost.",
     "Unlock that one; or move its file away first."},
    {"store_not_readable", 500, "The key store cannot be read.",
     "The operating system refuses; its words are in brackets.",
     "Check the file's owner and the disk, then \"sscard keys unlock\"."},
    {"store_permissions", 403, "The key store is not taken, because others can reach it.",
     "Its file must be the daemon's user's alone.",
     "Set owner sscard and mode 0600, find out who has read it, then \"sscard keys unlock\"."},
    {"store_in_use", 409, "Another process has the key store.",
     "Only one daemon may use a store at a time; the other's process id is in brackets.",
     "End that daemon, or give this one a store of its own."},
    {"store_foreign", 422, "The file at the store's path is no key store.",
     "It does not begin as one does.",
     "Correct store in [keys] of the daemon's configuration, or put the backup back."},
    {"store_version_unknown", 422, "The key store is of a later form.",
     "A newer sscard wrote it; its number is in brackets.", "Update sscard on this machine."},
    {"store_header_damaged", 500, "The head of the key store is damaged.",
     "Its check value does not fit: the disk or somebody changed it.",
     "Put the backup or the file *.previous in its place, then \"sscard keys unlock\"."},
    {"store_truncated", 500, "The key store is cut off.",
     "The file is shorter than its head says: a copy was broken off, or the disk is damaged.",
     "Put the backup or the file *.previous in its place, then \"sscard keys unlock\"."},
    {"store_damaged", 500, "The key store is damaged.",
     "The passphrase or credential is right, and the sealed part is not what was written.",
     "Put the backup or the file *.previous in its place, then \"sscard keys unlock\"."},
    {"store_sealed_otherwise", 409, "The key store is sealed in another way.",
     "It waits for a passphrase where a credential is given, or the other way round.",
     "Give what it was sealed with; \"sscard keys list\" says what that is."},
    {"store_not_written", 507, "The key store was not changed.",
     "The disk refused; what stood there stands there still.",
     "Make room or check the disk and the folder's rights, then repeat."},
    {"store_maybe_not_kept", 507, "The change is made, but may not outlive a power cut.",
     "The disk did not confirm it; then what stood there before may come back.",
     "Check the disk; make a backup; look with \"sscard keys list\" after the next start."},
    {"store_full", 507, "The key store is full.", "It holds 1024 keys.",
     "Remove keys that no card needs any more."},
});

} // namespace

std::span<FaultText const> store_fault_texts() { return store_texts; }

} // namespace api
