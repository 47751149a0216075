#include "host/api/fault_text_rows.hpp"

#include <array>

namespace api {
namespace {

constexpr auto request_texts = std::to_array<FaultText>({
    {"unknown_file", 404, "The card's specification has no such file.",
     "Neither a name nor a path of that spelling exists for this version of card.",
     "\"sscard card read --all\" lists all files with their names."},
    {"unknown_item", 404, "The file has no such item.",
     "The name stands for none of the file's items.",
     "\"sscard card read FILE\" lists the names of its items."},
    {"record_invalid", 422, "The person's record is not valid. No card was touched.",
     "It breaks the rules for the data; every fault is listed.",
     "Correct the faults, then check with \"sscard check\"."},
    {"request_invalid", 400, "The request was not understood.",
     "A part of it is missing, misspelt or of the wrong kind.",
     "See what is listed, and the command's --help."},
    {"request_too_large", 413, "The request is too large.",
     "No request to the daemon may be larger than 1 MiB.", "Check what was given as input."},
    {"unknown_request", 404, "The daemon does not know that request.",
     "Client and daemon are of different versions, or the address is misspelt.",
     "Install the same version of both."},
    {"not_confirmed", 409, "That cannot be undone, so it was not done yet.",
     "It is permanent; it takes a word more than the command.",
     "If you mean it, repeat with --permanently."},
    {"no_daemon", 503, "The daemon does not answer.",
     "sscardd is not running, or listens at another socket, or you may not use it.",
     "Start it with \"systemctl start sscardd\"; name its socket with --socket or "
     "SSCARD_SOCKET."},
    {"answer_late", 504, "The daemon took too long to answer.",
     "The work may still be going on, or the daemon hangs.",
     "Look at the daemon's log before you repeat the command."},
    {"answer_unreadable", 502, "The daemon's answer was not understood.",
     "Client and daemon are of different versions, or something else listens at the socket.",
     "Install the same version of both, and check the socket's path."},
    {"daemon_stopping", 503, "The daemon is being stopped.",
     "It takes no new work and ends what is running.", "Try again when it is back."},
    {"too_many_streams", 503, "Too many programs follow the events.",
     "The daemon serves a few streams of events at a time, so that other requests find a place.",
     "End one of the others, or ask for the events now and then without a stream."},
    {"output_failed", 500, "Results cannot be written.",
     "The disk is full, or whoever read them has gone; what was not written is shown here instead.",
     "Make room and run the same command again: it goes on, and makes no card twice."},
    {"internal_fault", 500, "The daemon met a fault of its own.", "This should not happen.",
     "Report it with the daemon's log."},
});

} // namespace

std::span<FaultText const> request_fault_texts() { return request_texts; }

} // namespace api
