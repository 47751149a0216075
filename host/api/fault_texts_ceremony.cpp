#include "host/api/fault_text_rows.hpp"

#include <array>

namespace api {
namespace {

constexpr auto ceremony_texts = std::to_array<FaultText>({
    {"ceremony_running", 409, "Another ceremony goes on.",
     "One is held at a time; who began it and when is in brackets. One that nobody goes on with "
     "ends after a quarter of an hour.",
     "Wait for its end; or have that user run \"sscard keys abort\"."},
    {"ceremony_unknown", 404, "There is no such ceremony.",
     "It is over, or nobody went on with it for a quarter of an hour, or another user began it.",
     "Begin again; \"sscard keys minutes list\" tells how it ended."},
    {"ceremony_not_confirmed", 409, "Not everybody has confirmed.",
     "Each custodian confirms the check value before anything is done; nothing was.",
     "Begin again, and compare the check value with your sheets."},
    {"part_malformed", 422, "That is no component or share.",
     "It has hex digits only, as many as were asked for; blanks and hyphens do not count.",
     "Type it again with care."},
    {"part_mistyped", 422, "It does not fit its check value.",
     "A digit of it, or of the check value, is not what stands on the sheet. It was not taken.",
     "Type both again with care."},
    {"part_not_shown", 422, "It is not what was shown.",
     "What is typed back from the sheet must be what the daemon made.",
     "Correct the sheet if you know the slip and type it again; else begin a new ceremony."},
    {"part_repeated", 409, "Another custodian has given the same.",
     "Two components that are alike cancel out, and the key would lose both.",
     "Find out whose sheet that is; no two custodians may have the same."},
    {"part_weak", 422, "That component keeps no secret.",
     "It is one byte repeated, or holds a weak DES key or equal halves.",
     "Use components made at random: \"sscard keys ceremony --generate\"."},
    {"part_foreign", 409, "That is no share of this backup.",
     "It fits its own check value, if one was given, and belongs to another backup.",
     "Take the envelope of the backup whose check value the minutes tell."},
    {"backup_malformed", 422, "The file is no backup of keys.",
     "It does not begin as one does, or is cut off.", "Take another copy of it."},
    {"backup_damaged", 500, "The backup is damaged.",
     "The shares are right, and the sealed part is not what was written.",
     "Take another copy of it."},
    {"store_not_empty", 409, "The store has keys.",
     "A backup is put into an empty store only, so that nothing is mixed.",
     "Make a store with \"sscard keys create-store\" at another path, or on another machine."},
    {"part_missing", 409, "Somebody's part is missing.",
     "Nothing is put together before all parts that are needed are there.",
     "Have every custodian give theirs, then go on."},
    {"part_shown", 409, "That was shown already, or is not the daemon's to show.",
     "What a custodian writes down is shown once; nobody can look at it again.",
     "If it was not written down, abort and begin again."},
    {"part_not_given", 422, "No component or share was given.",
     "There is no terminal to ask at, or too few lines came from the file descriptor.",
     "Run the command at a terminal, or give two lines for each custodian."},
    {"key_weak", 422, "The components make a key that keeps no secret.",
     "It is one byte repeated, or holds a weak DES key or equal halves. Nothing was taken in.",
     "Compare the sheets; make new components if they are right."},
    {"key_check_value_differs", 409, "The key is not the one that was expected.",
     "Its check value is in brackets, and is not the given one. Nothing was taken in.",
     "Look for a sheet of another key, or of another version."},
    {"minutes_not_written", 507, "The minutes were not written.",
     "The disk refused. Nothing is done with keys without minutes, unless the disk broke in the "
     "middle.",
     "Make room or check the disk; look with \"sscard keys list\" before you repeat."},
    {"minutes_damaged", 500, "The minutes are damaged.",
     "One of them, or the key that signs them, is not what was written.",
     "Find out with \"sscard keys minutes verify\" which, and put the backup of it back."},
    {"minutes_not_drawn", 500, "The minutes could not be drawn.",
     "The library that makes the PDF failed; the minutes themselves are kept.",
     "Check the memory and the fonts of the daemon's machine, then repeat."},
    {"minutes_unknown", 404, "There are no minutes of that number.",
     "The list has not come that far, or they were taken away.",
     "Look with \"sscard keys minutes list\"."},
});

} // namespace

std::span<FaultText const> ceremony_fault_texts() { return ceremony_texts; }

} // namespace api
