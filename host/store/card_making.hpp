#pragma once

#include "host/store/card_register.hpp"
#include "host/store/journal_file.hpp"
#include "host/store/making_claims.hpp"

namespace store {

/// One card in making that a thread is at.
class CardMaking final : public personalization::MakingJournal {
public:
    CardMaking(CardRegister& cards, MakingClaims::Claim claim, Beginning beginning,
               std::filesystem::path path, std::unique_ptr<JournalFile> journal)
        : register_{cards}, claim_{std::move(claim)},
          beginning_{std::move(beginning)}, path_{std::move(path)}, journal_{std::move(journal)} {}

    [[nodiscard]] session::Outcome<apdu::Done>
    ahead(personalization::CommandAhead const& command) override;

    /// The journal says it first, then the register.
    [[nodiscard]] session::Outcome<apdu::Done>
    amend(personalization::Making const& making) override;

    /// From now on the card's keys come from those, to_text(KeySet). Fault: journal_failed.
    [[nodiscard]] session::Outcome<apdu::Done> note_keys(std::string const& keys);

    /// The journal says it first, then the register; then the journal has served its purpose.
    /// Fault, besides journal_failed: card_voided (made: the person was given another meanwhile).
    [[nodiscard]] session::Outcome<apdu::Done> reach(personalization::Milestone milestone) override;

private:
    [[nodiscard]] session::Outcome<apdu::Done> begin_as(Beginning amended);

    CardRegister& register_;
    MakingClaims::Claim claim_;
    Beginning beginning_;
    std::filesystem::path path_;
    std::unique_ptr<JournalFile> journal_;
};

/// Tells the register the end of a making, and removes its journal.
[[nodiscard]] session::Outcome<apdu::Done>
conclude_making(CardRegister& cards, Beginning const& beginning, personalization::Milestone end,
                std::string const& reason, std::filesystem::path const& path);

} // namespace store
