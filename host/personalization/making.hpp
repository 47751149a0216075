#pragma once

#include "host/personalization/request.hpp"

#include "host/session/fault.hpp"

#include "keys/card_identity.hpp"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace personalization {

using HistoricalBytes = std::array<std::uint8_t, keys::historical_size>;

// A card is in making from before the first command that changes it until it is made or void.
// Its journal outlives the program and the machine's power, and never holds a key or a PIN.

/// A person's record, as a journal knows it.
struct RecordMark {
    std::string digest; ///< by the caller's hash
    std::string card_number;

    friend bool operator==(RecordMark const&, RecordMark const&) = default;
};

/// Tells whether a key is the same as before, and nothing else of it.
struct KeyCheck {
    std::string key;   ///< its name
    std::string value; ///< 6 hex digits

    friend bool operator==(KeyCheck const&, KeyCheck const&) = default;
};

/// What is made of which chip, for whom; settled when the making begins, but for the person's
/// record, which may be a corrected one when the making is gone on with.
struct Making {
    HistoricalBytes chip;   ///< of the ATR when it began
    HistoricalBytes wanted; ///< the same, or those that the structure stage gives it
    Stage stage;
    apdu::SpecVersion version;
    keys::Algorithm algorithm;
    std::string region;    ///< of issue, 6 digits
    std::string profile;   ///< name of the card operating system's
    std::string card_id;   ///< 32 hex digits
    RecordMark record{};   ///< of the last command; empty: the structure stage alone
    std::string person{};  ///< social security number; likewise
    bool rewrites = false; ///< the card had been made before, for a person
    /// Of earlier commands, each once: items of them may be on the card that the last one lacks.
    std::vector<RecordMark> earlier_records{};
    bool test_keys = false;             ///< made with keys that everybody knows
    std::vector<KeyCheck> key_checks{}; ///< of the keys that it began with

    friend bool operator==(Making const&, Making const&) = default;
};

/// Where a card in making stands for certain.
enum class Milestone : std::uint8_t {
    begun,
    structure_made, ///< closed and read back: an office's blank
    made,           ///< the end: everything is written and read back
    voided,         ///< the end: the card is of no use to anybody
};

/// "begun", "structure_made", "made", "voided".
[[nodiscard]] std::string_view to_text(Milestone milestone);
[[nodiscard]] std::optional<Milestone> milestone_from_text(std::string_view text);

/// A card in making as it was found.
struct OpenMaking {
    Making making;
    Milestone reached; ///< begun or structure_made
    /// A part of the journal cannot be read; what is told here is from before it.
    bool is_damaged = false;
};

/// What is about to go to the card: enough to know afterwards where it stood.
struct CommandAhead {
    std::size_t number; ///< of the commands of this run, from 1
    std::size_t step;   ///< of the plan, from 1; 0: none yet
    apdu::Ins ins;
};

/// The journal of one card in making, written by one thread.
class MakingJournal {
public:
    MakingJournal() = default;
    MakingJournal(MakingJournal const&) = delete;
    MakingJournal& operator=(MakingJournal const&) = delete;
    virtual ~MakingJournal() = default;

    /// Written when it returns, so that the end of this program loses nothing. Fault:
    /// journal_failed (no room, …): the command must not be sent.
    [[nodiscard]] virtual session::Outcome<apdu::Done> ahead(CommandAhead const& command) = 0;

    /// From now on the making is that of another record; on the disk when it returns. `making` is
    /// the one that is open but for its records. Fault: journal_failed.
    [[nodiscard]] virtual session::Outcome<apdu::Done> amend(Making const& making) = 0;

    /// On the disk when it returns; made ends the making. Fault: journal_failed. require: not
    /// voided, which is record_void()'s.
    [[nodiscard]] virtual session::Outcome<apdu::Done> reach(Milestone milestone) = 0;
};

/// The journals of all cards in making. Used by several threads, each with its own card.
class MakingJournals {
public:
    MakingJournals() = default;
    MakingJournals(MakingJournals const&) = delete;
    MakingJournals& operator=(MakingJournals const&) = delete;
    virtual ~MakingJournals() = default;

    /// The making of the chip that has those historical bytes now, where it has begun and not
    /// ended. Faults: journal_failed (it cannot be read), journal_damaged (there is one, and not
    /// even its beginning can be read).
    [[nodiscard]] virtual session::Outcome<std::optional<OpenMaking>>
    find(HistoricalBytes const& chip) const = 0;

    /// Begins a making; on the disk when it returns. `replaces` says that the person's other card
    /// is to be void by this one. Faults: person_has_card (a card of theirs is made or in making,
    /// and this is no replacement), journal_failed. require: none is open for the chip.
    [[nodiscard]] virtual session::Outcome<std::unique_ptr<MakingJournal>>
    begin(Making const& making, bool replaces) = 0;

    /// Goes on with an open making, damaged or not. Fault: journal_failed.
    [[nodiscard]] virtual session::Outcome<std::unique_ptr<MakingJournal>>
    go_on(HistoricalBytes const& chip) = 0;

    /// Says for good that the card is void, and why: ends whatever is open for the chip, its
    /// journal whole or damaged. `card_id` is empty where the card told none. Fault:
    /// journal_failed.
    [[nodiscard]] virtual session::Outcome<apdu::Done> record_void(HistoricalBytes const& chip,
                                                                   std::string const& card_id,
                                                                   std::string const& reason) = 0;
};

} // namespace personalization
