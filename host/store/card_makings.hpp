#pragma once

#include "host/store/card_register.hpp"
#include "host/store/journal_text.hpp"
#include "host/store/making_claims.hpp"

#include "host/personalization/making.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace store {

/// What was found when the daemon started; each a chip (26 hex digits).
struct Recovery {
    std::vector<std::string> open{};      ///< makings to be gone on with
    std::vector<std::string> settled{};   ///< makings that had ended, or never begun
    std::vector<std::string> damaged{};   ///< makings whose journal says nothing any more
    std::vector<session::Fault> faults{}; ///< what could not be set right yet, such as a full disk
};

/// The cards in making: a journal file for each in a directory, and their entries in the register.
///
/// The journal is made before the entry and removed after the entry says the end, so that after a
/// crash the journal knows the most: one without an entry was never begun, and no command went to
/// the chip; an end that the register does not know is told to it when the making is next looked
/// at, or when the daemon starts.
class CardMakings final : public personalization::MakingJournals {
public:
    /// Makes the directory where there is none, and sets right what a crash left. `cards` must
    /// outlive the makings. Fault: journal_failed.
    [[nodiscard]] static session::Outcome<std::unique_ptr<CardMakings>>
    open(CardRegister& cards, std::filesystem::path const& directory);

    /// What open() found.
    [[nodiscard]] Recovery const& recovery() const { return recovery_; }

    /// Fault, besides those of MakingJournals: card_in_making (another thread has it).
    [[nodiscard]] session::Outcome<std::optional<personalization::OpenMaking>>
    find(personalization::HistoricalBytes const& chip) const override;

    /// Faults as of MakingJournals, journal_damaged (there is one, and it cannot be read), and
    /// card_in_making (one is open for the chip, or another thread has one of a chip with the same
    /// historical bytes).
    [[nodiscard]] session::Outcome<std::unique_ptr<personalization::MakingJournal>>
    begin(personalization::Making const& making, bool replaces) override;

    /// The same for that job.
    [[nodiscard]] session::Outcome<std::unique_ptr<personalization::MakingJournal>>
    begin_for(personalization::Making const& making, bool replaces, MakingJob const& job);

    /// Faults as of MakingJournals, journal_damaged, and card_in_making (another thread has it, or
    /// has ended it).
    [[nodiscard]] session::Outcome<std::unique_ptr<personalization::MakingJournal>>
    go_on(personalization::HistoricalBytes const& chip) override;

    /// The same for that job: a structure that is not finished is made anew with its keys.
    [[nodiscard]] session::Outcome<std::unique_ptr<personalization::MakingJournal>>
    go_on_for(personalization::HistoricalBytes const& chip, MakingJob const& job);

    /// The register says it first; the journal is kept aside. Faults: journal_failed,
    /// card_in_making (another thread has it).
    [[nodiscard]] session::Outcome<apdu::Done>
    record_void(personalization::HistoricalBytes const& chip, std::string const& card_id,
                std::string const& reason) override;

private:
    struct Claimed {
        std::string chip; ///< as its journal is named
        MakingClaims::Claim claim;
    };

    CardMakings(CardRegister& cards, std::filesystem::path directory)
        : register_{cards}, directory_{std::move(directory)} {}

    [[nodiscard]] std::filesystem::path path_of(std::string const& chip) const;
    [[nodiscard]] session::Outcome<Claimed>
    claim(personalization::HistoricalBytes const& chip) const;
    [[nodiscard]] session::Outcome<std::string> first_chip_of(std::string const& chip) const;
    [[nodiscard]] session::Outcome<std::optional<JournalText>>
    settle(std::string const& chip) const;
    [[nodiscard]] session::Outcome<std::optional<JournalText>>
    settle_unregistered(std::string const& chip, std::optional<JournalText> journal) const;
    void recover_one(std::string const& chip);
    [[nodiscard]] session::Outcome<apdu::Done> recover();

    CardRegister& register_;
    std::filesystem::path directory_;
    Recovery recovery_{};
    mutable MakingClaims claims_{};
};

} // namespace store
