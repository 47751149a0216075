#pragma once

#include "host/personalization/making.hpp"

#include <map>
#include <vector>

namespace personalization {

/// Journals that live as long as the object: what a disk would hold, without the disk.
class RememberedMakings final : public MakingJournals {
public:
    /// One making, open or ended.
    struct Kept {
        Making making;
        Milestone reached = Milestone::begun;
        std::vector<CommandAhead> commands{};
        std::string void_reason{};
    };

    RememberedMakings() = default;
    /// Goes on where others were left.
    explicit RememberedMakings(std::vector<Kept> kept) : kept_{std::move(kept)} {}

    [[nodiscard]] session::Outcome<std::optional<OpenMaking>>
    find(HistoricalBytes const& chip) const override;
    [[nodiscard]] session::Outcome<std::unique_ptr<MakingJournal>> begin(Making const& making,
                                                                         bool replaces) override;
    [[nodiscard]] session::Outcome<std::unique_ptr<MakingJournal>>
    go_on(HistoricalBytes const& chip) override;
    [[nodiscard]] session::Outcome<apdu::Done> record_void(HistoricalBytes const& chip,
                                                           std::string const& card_id,
                                                           std::string const& reason) override;

    /// The making that was begun last. require: there is one.
    [[nodiscard]] Kept const& last() const { return kept_.back(); }
    [[nodiscard]] std::vector<Kept> const& all() const { return kept_; }

    /// From now on find() says that the journals are damaged.
    void damage() { is_damaged_ = true; }
    /// The write ahead of that command fails, counted from 1 over all runs, and so does each later
    /// one; 0: none fails.
    void fail_from(std::size_t command) { fails_from_ = command; }

private:
    class Journal;
    [[nodiscard]] Kept* open_of(HistoricalBytes const& chip);
    std::vector<Kept> kept_{};
    bool is_damaged_ = false;
    std::size_t fails_from_ = 0;
    std::size_t written_ = 0;
};

} // namespace personalization
