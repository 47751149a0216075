#pragma once

#include "host/session/card_session.hpp"
#include "host/session/pin.hpp"

namespace session {

/// What a caller has to meet a file's access condition with.
struct Rights {
    keys::Pin const* pin = nullptr; ///< where given, VERIFY is sent when the condition asks for it
    LastTry last_try = LastTry::refuse;
    bool use_keys = true; ///< for "PIN or key": the key first where the service has it
};

/// Meets the condition in the file's directory: enters it, verifies, authenticates. Faults:
/// pin_needed, key_missing, access_never, and those of the steps.
[[nodiscard]] Outcome<apdu::Done> gain_access(CardSession& card, apdu::FilePlace place,
                                              apdu::Access const& access, Rights const& rights);

/// The whole content: records `tag length value` one after the other (cyclic: the records, newest
/// first, without heads), or the bytes of a transparent file. One READ RECORD with the SFI where
/// the card answers that, else record by record as field drivers do: learned from the card and kept
/// for the session.
[[nodiscard]] Outcome<std::vector<std::uint8_t>> read_file(CardSession& card, apdu::FilePlace place,
                                                           Rights const& rights);

/// One record by its number (from 1), head included. require: a record file.
[[nodiscard]] Outcome<std::vector<std::uint8_t>>
read_record(CardSession& card, apdu::FilePlace place, std::uint8_t number, Rights const& rights);

/// UPDATE RECORD of one record (from 1); `record` is `tag length value`. With the file's key.
[[nodiscard]] Outcome<apdu::Done> write_record(CardSession& card, apdu::FilePlace place,
                                               std::uint8_t number, apdu::ByteView record,
                                               Rights const& rights);

/// Adds a record to a cyclic file (UPDATE RECORD, "previous").
[[nodiscard]] Outcome<apdu::Done> append_record(CardSession& card, apdu::FilePlace place,
                                                apdu::ByteView record, Rights const& rights);

/// UPDATE BINARY over the whole of `content`, in pieces, from offset 0.
[[nodiscard]] Outcome<apdu::Done> write_binary(CardSession& card, apdu::FilePlace place,
                                               apdu::ByteView content, Rights const& rights);

} // namespace session
