#include "host/api/fault_text_rows.hpp"

#include <array>

namespace api {
namespace {

constexpr auto reader_texts = std::to_array<FaultText>({
    {"no_pcsc_service", 503, "The PC/SC service does not answer.",
     "pcscd, which drives the readers, is not running or not reachable.",
     "Start it with \"systemctl start pcscd.socket\", then try again."},
    {"no_reader", 404, "No card reader is connected.", "The PC/SC service lists no reader.",
     "Plug a reader in; \"sscard readers\" shows when it is seen."},
    {"unknown_reader", 404, "No connected reader has that name.",
     "The name, a part of it, or the number fits none of the readers.",
     "Choose one that \"sscard readers\" lists."},
    {"several_readers", 409, "Several readers could be meant.",
     "The choice is left to you where more than one fits.",
     "Name one with --reader; a part of its name that no other has is enough."},
    {"reader_gone", 409, "The reader was unplugged.",
     "It was there when the work began and is no longer.",
     "Plug it in again, put the card in, and start anew."},
    {"reader_busy", 409, "The reader is in use.",
     "Another program holds it, or too many requests wait for it.",
     "Wait for the other to finish, or close it, then try again."},
    {"reader_leased", 409, "Somebody has the reader for himself.",
     "A lease keeps others from it until it is released or its time is over.",
     "Wait until then, or use another reader; \"sscard readers\" tells who has it."},
    {"lease_unknown", 409, "The lease is not, or no longer, good for this reader.",
     "Its time is over, it was released, it is another reader's, or the daemon was started anew.",
     "Take a new one with \"sscard readers lease\"; others may have used the card meanwhile."},
    {"reader_hangs", 504, "The reader does not answer any more.",
     "It was asked something and has not answered for too long; other readers go on.",
     "Unplug the reader and plug it in again; if that does not help, restart pcscd. A card that "
     "was being made may be half made."},
    {"no_pin_pad", 409, "The reader has no PIN pad.",
     "PC/SC names no PIN verification or modification among its features.",
     "Use the kiosk's terminal or another reader with a PIN pad, or have the PIN typed at the "
     "desk."},
    {"pin_entry_cancelled", 409, "The PIN entry was cancelled.",
     "The cancel key of the PIN pad was pressed, or two entries of a new PIN differed three times.",
     "Begin again when the holder is ready; no try of the PIN was spent."},
    {"pin_entry_timed_out", 408, "Nobody typed a PIN.",
     "The PIN pad waited for the next key for too long.",
     "Begin again when the holder is ready; no try of the PIN was spent."},
    {"no_terminal", 409, "The reader is no terminal of ours.",
     "It does not know the commands of the kiosk's terminal, or its driver does not pass them on.",
     "\"sscard terminal list\" shows the terminals; their driver needs ifdDriverOptions 0x0001 "
     "(docs/terminal.md)."},
    {"terminal_refused", 409, "The terminal refused.", "Its reason is in brackets.",
     "docs/terminal.md tells what to do for each reason."},
    {"terminal_provisioned", 409, "The terminal has keys already.",
     "It takes its id and transport key once, while it has none; damaged keys count as keys.",
     "\"sscard terminal health\" tells which; to give it others, \"sscard terminal wipe\" first."},
    {"no_card", 409, "There is no card in the reader.", "The reader reports an empty slot.",
     "Put the card in, chip first and chip up, then try again."},
    {"card_removed", 409, "The card was taken out.",
     "It left the reader, another card is there by now, or another program reset it, before the "
     "work was done.",
     "Put the same card in again and repeat the command; leave it in until the end."},
    {"card_mute", 409, "The card does not answer.",
     "The chip is dirty, damaged or not making contact, or this is no chip card.",
     "Wipe the contacts, turn the card the right way round, try another reader."},
    {"answer_malformed", 502, "The card's answer makes no sense.",
     "It is shorter, longer or otherwise built than the card's specification allows.",
     "Try again; if it stays, try another reader, then have the card checked."},
    {"too_many_rounds", 502, "The card never came to the end of its answer.",
     "It kept announcing more data than an answer may have.",
     "Try again; if it stays, the card is faulty or no social security card."},
});

} // namespace

std::span<FaultText const> reader_fault_texts() { return reader_texts; }

} // namespace api
