#pragma once

#include "host/personalization/command_template.hpp"
#include "host/personalization/person_record.hpp"

#include "apdu/card_layout.hpp"
#include "keys/card_identity.hpp"
#include "keys/key_service.hpp"

#include <array>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace personalization {

// A plan is made first, from tables and a request, and then carried out. Its steps are data: what
// goes to the card, and which key or PIN it takes. No key and no PIN is ever in a plan; the key
// service and the caller of carry_out() bring them.

/// A card in a reader is reset. Where `historical` is given, the ATR must carry those bytes
/// afterwards.
struct ResetCard {
    std::optional<std::array<std::uint8_t, keys::historical_size>> historical;
};

/// What a plain command is for.
enum class Purpose : std::uint8_t {
    select,
    create_directory,
    create_key_file,         ///< SF
    create_directory_file,   ///< DIR
    create_fci_file,         ///< FCI
    create_transaction_file, ///< TF
    create_file,
    select_directory_file,
    select_file,
    write_record, ///< UPDATE RECORD of one record in its first form
    write_binary, ///< UPDATE BINARY of one piece, likewise
    write_directory_record,
    write_fci_record,
    change_historical_bytes,
    end_stage,
};

/// A command that is sent as it stands and must be answered with 9000.
struct PlainCommand {
    Purpose purpose;
    CommandHeader header;
    std::vector<std::uint8_t> data{};
};

/// VERIFY TRANSPORT KEY; the proof is the key service's.
struct VerifyTransportKey {
    CommandHeader header;
};

/// WRITE KEY in the clear: the first key of a directory.
struct WriteTemporaryMk {
    std::array<std::uint8_t, 8> header;
};

/// GET CHALLENGE of 4 bytes, then WRITE KEY with encryption and MAC.
struct WriteKey {
    keys::KeyLoad load;
};

/// The same for the default PIN.
struct WritePin {
    keys::KeyReference under;
    std::array<std::uint8_t, 8> header;
};

/// GET CHALLENGE of 8 bytes, then EXTERNAL AUTHENTICATE with a directory's MK.
struct AuthenticateMk {
    CommandHeader header;
    keys::KeyReference mk;
};

/// INTERNAL AUTHENTICATE with IRK of that version.
struct CheckGenuine {
    std::uint8_t version;
};

/// Two GET CHALLENGEs, then EXTERNAL AUTHENTICATE.
struct Authenticate {
    keys::KeyReference key;
};

/// Which PIN a step takes.
enum class PinChoice : std::uint8_t { default_pin, holder_pin };

/// VERIFY without data: refuses to go on with a blocked PIN, or with its last try.
struct CheckPinTries {};

/// VERIFY.
struct VerifyPin {
    PinChoice pin;
};

/// GET CHALLENGE, then PIN CHANGE/UNBLOCK 84 24 00 01 with that PIN.
struct ResetPin {
    PinChoice pin;
};

/// UPDATE RECORD of a record with its person's value; again after a memory failure (card.md §5).
struct WriteRecord {
    std::uint8_t number; ///< from 1
    std::vector<std::uint8_t> bytes;
    std::optional<keys::KeyReference> right{}; ///< gained before; again where the card let it go
};

/// UPDATE RECORD "previous": a new record of a cyclic file. Never sent a second time.
struct AppendRecord {
    std::vector<std::uint8_t> bytes;
};

/// UPDATE BINARY from offset 0, in pieces; again after a memory failure.
struct WriteBinary {
    std::vector<std::uint8_t> bytes;
};

/// Reads a file and compares it with what was written.
struct ReadBack {
    std::vector<RecordContent> records{};      ///< of a cyclic file: newest first
    std::vector<std::uint8_t> binary{};        ///< the start of a transparent file
    std::optional<keys::KeyReference> right{}; ///< gained before; again where the card let it go
};

/// Reads a record file and refuses to go on with a person's data in it.
struct ExpectUnpersonalized {
    std::optional<keys::KeyReference> right{};
};

using Action =
    std::variant<ResetCard, PlainCommand, VerifyTransportKey, WriteTemporaryMk, WriteKey, WritePin,
                 AuthenticateMk, CheckGenuine, Authenticate, CheckPinTries, VerifyPin, ResetPin,
                 WriteRecord, AppendRecord, WriteBinary, ReadBack, ExpectUnpersonalized>;

/// What a step is about, for people.
struct StepSubject {
    apdu::Directory directory;
    std::optional<apdu::FilePlace> file{}; ///< static lifetime
    apdu::Item const* item = nullptr;      ///< static lifetime
};

/// One step of a plan: what is done, and to what.
struct Step {
    StepSubject subject;
    Action action;
};

/// A personalization, made and not yet carried out.
struct Plan {
    keys::CardIdentity card; ///< that its keys are diversified for
    apdu::SpecVersion version;
    std::string card_id;     ///< 32 hex digits
    std::string card_number; ///< empty for the structure stage alone
    std::vector<Step> steps{};
    std::size_t structure_steps = 0; ///< so many of them, at the start, are the structure stage
};

/// True for a step that leaves something on the card, be it only begun.
[[nodiscard]] bool changes_card(Step const& step);

/// One text in both languages.
struct Label {
    std::string en;
    std::string zh;
};

/// What a step does, in terms of the field: "write name (SSSE/EF06)".
[[nodiscard]] Label label_of(Step const& step);

/// One command of a plan as a dry run shows it.
struct PlanLine {
    std::size_t step;    ///< from 1
    std::string command; ///< hex; what is secret or not known before is told in <angle brackets>
    Label label;
};

/// Every command that carrying out the plan sends when nothing fails, GET RESPONSE aside, with
/// secrets masked.
[[nodiscard]] std::vector<PlanLine> describe(Plan const& plan);

} // namespace personalization
