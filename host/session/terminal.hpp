#pragma once

#include "host/session/card_channel.hpp"

#include "apdu/ccid/image_header.hpp"
#include "apdu/ccid/reader_functions.hpp"
#include "apdu/ccid/terminal_escape.hpp"
#include "keys/terminal_pin.hpp"

#include <optional>
#include <string>

namespace session {

// What the kiosk's terminal does on Escape (apdu/ccid/terminal_escape.hpp). Faults of all:
// no_terminal (the reader is none), terminal_refused (detail names its status), answer_malformed,
// and those of fault_of(apdu::Error).

/// What a terminal says of itself.
struct TerminalIdentity {
    std::string model;
    std::string version;
    std::string board;
    std::string chip;                       ///< hex
    std::optional<std::string> initial_key; ///< the id, hex
};

/// What a slot or a link of a terminal has seen.
struct TerminalCounts {
    std::string of;                    ///< "slot_1"
    std::vector<std::uint32_t> counts; ///< in the order of HealthTag
};

/// How a terminal is.
struct TerminalHealth {
    std::uint32_t uptime_s = 0;
    std::uint8_t start_reason = 0;
    bool is_tampered = false;
    std::uint8_t keys = 0;
    bool is_random_working = false;
    std::uint32_t image_version = 0;
    std::uint8_t image_slot = 0;
    std::vector<TerminalCounts> counts{};
};

/// Asks who it is.
[[nodiscard]] Outcome<TerminalIdentity> identify_terminal(apdu::ccid::ReaderFunctions& reader);
/// Asks how it is.
[[nodiscard]] Outcome<TerminalHealth> ask_health(apdu::ccid::ReaderFunctions& reader);
/// Gives it, while it has none, its id and its transport key.
[[nodiscard]] Outcome<apdu::Done> provision_terminal(apdu::ccid::ReaderFunctions& reader,
                                                     keys::TerminalTransportKey const& transport);
/// Gives it its initial key: a key block under its transport key.
[[nodiscard]] Outcome<apdu::Done> load_initial_key(apdu::ccid::ReaderFunctions& reader,
                                                   std::string_view key_block);
/// Wipes all its keys, and has it forget that its case was open.
[[nodiscard]] Outcome<apdu::Done> wipe_terminal(apdu::ccid::ReaderFunctions& reader);
/// Gives it a new image of `file` (apdu/ccid/image_header.hpp): the one for the slot that it does
/// not run in. An update of that image that was cut goes on where it was. `tell` hears of each
/// part, with the image's size. Then it starts anew, and is not there for a moment. Faults besides:
/// terminal_refused, detail malformed, where the file is none or lacks that image. @returns the
/// image's header.
[[nodiscard]] Outcome<apdu::ccid::ImageHeader>
update_terminal(apdu::ccid::ReaderFunctions& reader, apdu::ByteView file,
                std::function<void(std::size_t sent, std::size_t size)> const& tell);
/// Has the holder type a new PIN twice, as a PIN block for the card in the terminal's slot. Faults
/// besides: pin_entry_cancelled, pin_entry_timed_out.
[[nodiscard]] Outcome<keys::TerminalPin> capture_pin(CardChannel& channel);

/// The answer to an Escape, whole.
[[nodiscard]] Outcome<std::vector<std::uint8_t>> escape_to(apdu::ccid::ReaderFunctions& reader,
                                                           apdu::ByteView command);

} // namespace session
