#pragma once

#include "apdu/command.hpp"
#include "apdu/result.hpp"
#include "apdu/status_word.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace session {

/// Everything that can go wrong with a card, a reader or a request, by a name that programs rely
/// on.
enum class FaultCode : std::uint8_t {
    // reader and exchange
    no_pcsc_service, ///< pcscd does not answer
    no_reader,       ///< no reader is connected
    unknown_reader,  ///< no reader of that name
    several_readers, ///< a reader must be named
    reader_gone,
    reader_busy, ///< another program holds it
    no_card,
    card_removed,
    card_mute,
    answer_malformed, ///< truncated or over-long
    too_many_rounds,  ///< endless 61xx or 6Cxx
    // card
    foreign_card,          ///< no social security card; detail says what it is where that is known
    bare_chip,             ///< a chip or blank without the files that the operation needs
    unknown_version,       ///< a specification version that we have no file table for
    algorithm_refused,     ///< SSF33
    card_id_malformed,     ///< format, or its serial is not the ATR's
    card_not_genuine,      ///< INTERNAL AUTHENTICATE answered wrongly
    authentication_failed, ///< EXTERNAL AUTHENTICATE refused
    key_locked,
    application_blocked,
    card_blocked,
    unexpected_status,   ///< any other refusal; the status word tells
    verification_failed, ///< what was read back is not what was written
    // keys
    key_missing,
    keys_locked, ///< they are there, and wait for a passphrase
    key_service_failed,
    key_held_back,        ///< by a token, where a card key's bytes are needed
    centre_unreachable,   ///< the keys are at a centre that does not answer
    centre_not_trusted,   ///< its certificate is not accepted
    centre_refused,       ///< it does not do that for this machine
    certificate_unusable, ///< this machine's own
    psam_missing,         ///< and no other back end has the key
    psam_lost,            ///< taken out, mute or gone while it worked
    psam_key_locked,      ///< a key inside it
    psam_level_too_low,   ///< its key is another city's or province's
    other_keys,           ///< than those that the card's making began with
    transport_key_wrong,
    transport_key_refused_before, ///< not tried a second time by itself
    // PIN
    pin_wrong,
    pin_blocked,
    pin_not_set,
    pin_malformed,
    last_try_refused,     ///< the last try is the holder's to decide
    terminal_pin_refused, ///< a PIN pad's message: used before, for another card, or changed
    no_pin_pad,           ///< the reader has none
    pin_entry_cancelled,  ///< at the PIN pad
    pin_entry_timed_out,  ///< nobody typed
    no_terminal,          ///< the reader is no terminal of ours
    terminal_refused,     ///< detail says what the terminal answered
    // requests
    unknown_file,
    unknown_item,
    access_never,   ///< the card lets nobody do it
    pin_needed,     ///< the file's access condition
    record_invalid, ///< a person's record; `problems` lists every fault
    request_invalid,
    // making cards
    person_has_card, ///< nobody is given two
    not_this_card,   ///< a blank of another kind than command or record say
    card_in_making,  ///< begun by another command and not finished
    half_made,       ///< a person's data without the mark of a finished card, and no journal
    card_voided,     ///< its making could not be finished
    journal_failed,  ///< it cannot be written or read
    journal_damaged, ///< what it says cannot be trusted
    already_personalized,
};

/// One thing wrong with a person's record or another request.
struct Problem {
    std::string where;  ///< JSON pointer: "/holder/birth_date"
    std::string code;   ///< snake_case, as apdu::Error or of the record's own rules
    std::string detail; ///< the offending value or what would fit, never a PIN or key
};

/// Why an operation did not happen: enough to tell a person what, why and what next.
struct Fault {
    FaultCode code;
    std::string detail{}; ///< names what it is about: a reader, a file, a key, a step
    std::optional<apdu::StatusWord> status{}; ///< the card's own word
    std::optional<apdu::Ins> ins{};           ///< of the command that it answered
    std::optional<std::uint8_t> tries_left{};
    std::vector<Problem> problems{};
};

template <typename T>
using Outcome = apdu::Result<T, Fault>;

/// The code's stable name: "pin_wrong".
[[nodiscard]] std::string_view to_text(FaultCode code);

/// The fault that a failed exchange amounts to.
[[nodiscard]] Fault fault_of(apdu::Error error);

/// The fault that a refusal amounts to where nothing more special is known: 6983 key_locked, 9303
/// application_blocked, … else unexpected_status.
[[nodiscard]] Fault fault_of(apdu::StatusWord status, apdu::Ins ins, std::string detail = {});

} // namespace session
