#pragma once

#include "host/store/beginning.hpp"
#include "host/store/card_entry.hpp"
#include "host/store/key_set.hpp"

#include "keys/dukpt.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

namespace store {

/// The time, as the register writes it: "2026-07-01T08:30:00Z".
using UtcClock = std::function<std::string()>;

/// The computer's clock.
[[nodiscard]] std::string utc_now();

/// The office's register of cards: what became of every card that this office made. It never holds
/// a key or a PIN. Every change is on the disk when it returns, as a whole or not at all. May be
/// used by several threads. Each operation's fault, besides those that it tells: journal_failed.
class CardRegister {
public:
    /// Opens the register in that file, or makes a new one, readable by its owner alone, and brings
    /// an older one up to date. Fault: journal_failed (it cannot be opened, another process has it,
    /// or it is of a newer program).
    [[nodiscard]] static session::Outcome<std::unique_ptr<CardRegister>>
    open(std::filesystem::path const& file, UtcClock clock = utc_now);

    CardRegister(CardRegister const&) = delete;
    CardRegister& operator=(CardRegister const&) = delete;
    ~CardRegister();

    /// Adds a card in making. Faults: person_has_card (another chip is a live card of this person
    /// or in making for them, and this is no replacement; the detail is its card number),
    /// card_in_making (the chip is in making already).
    [[nodiscard]] session::Outcome<apdu::Done> begin(Beginning const& beginning);

    /// The card in making has the record's card number, and the keys, that its beginning says now.
    [[nodiscard]] session::Outcome<apdu::Done> amend(Beginning const& beginning);

    /// Adds a card in making that the register should have known; nobody is asked whether the
    /// person has another.
    [[nodiscard]] session::Outcome<apdu::Done> restore(Beginning const& beginning);

    /// The card in making is made: live, or a blank after the structure stage alone. A person's
    /// other cards are void from then on ("replaced"), and so is what the chip was before
    /// ("rewritten"); the entry of the blank that it was is gone. A card that the register does not
    /// know is added; one that is made already stays as it is. Fault: card_voided.
    [[nodiscard]] session::Outcome<apdu::Done> finish(Beginning const& beginning);

    /// The card with those historical bytes (26 hex digits) is void, whatever it was; unknown to
    /// the register, it is added with that card id. A card that is void already keeps its first
    /// reason.
    [[nodiscard]] session::Outcome<apdu::Done>
    void_card(std::string const& chip, std::string const& reason, std::string const& card_id = {});

    /// The newest entry of the card with those historical bytes; nothing where it is unknown.
    [[nodiscard]] session::Outcome<std::optional<CardEntry>> find(std::string const& chip) const;

    /// The making of the chip that has those historical bytes, or is to have them.
    [[nodiscard]] session::Outcome<std::optional<CardEntry>>
    find_making(std::string const& chip) const;

    /// The entries that fit, the newest first.
    [[nodiscard]] session::Outcome<std::vector<CardEntry>> list(CardFilter const& filter) const;

    /// How many blank and live cards there are with each set of keys.
    [[nodiscard]] session::Outcome<std::vector<KeySetCount>> count_by_keys() const;

    /// The keys of the blank or live card with those historical bytes (26 hex digits); empty where
    /// they are not known.
    [[nodiscard]] session::Outcome<KeySet> keys_of(std::string const& chip) const;

    /// From now on cards that have that key are authenticated with it.
    [[nodiscard]] session::Outcome<apdu::Done> rotate(keys::Algorithm algorithm, KeyMark const& to);

    /// All of them, the oldest first.
    [[nodiscard]] session::Outcome<std::vector<Rotation>> rotations() const;

    /// Uses a terminal's transaction counter up: false where it or a higher one was used before.
    [[nodiscard]] session::Outcome<bool> use_counter(keys::InitialKeyId const& terminal,
                                                     std::uint32_t counter);

private:
    struct Database;

    explicit CardRegister(std::unique_ptr<Database> database);

    std::unique_ptr<Database> database_;
};

} // namespace store
