#pragma once

#include "host/store/card_makings.hpp"

namespace store {

/// The cards in making for whoever does one job. Goes on with any making; one that had begun
/// outside the job's batch stays outside.
class JobMakings final : public personalization::MakingJournals {
public:
    /// `makings` must outlive it.
    JobMakings(CardMakings& makings, MakingJob job) : makings_{makings}, job_{std::move(job)} {}

    [[nodiscard]] session::Outcome<std::optional<personalization::OpenMaking>>
    find(personalization::HistoricalBytes const& chip) const override {
        return makings_.find(chip);
    }

    [[nodiscard]] session::Outcome<std::unique_ptr<personalization::MakingJournal>>
    begin(personalization::Making const& making, bool replaces) override {
        return makings_.begin_for(making, replaces, job_);
    }

    [[nodiscard]] session::Outcome<std::unique_ptr<personalization::MakingJournal>>
    go_on(personalization::HistoricalBytes const& chip) override {
        return makings_.go_on_for(chip, job_);
    }

    [[nodiscard]] session::Outcome<apdu::Done>
    record_void(personalization::HistoricalBytes const& chip, std::string const& card_id,
                std::string const& reason) override {
        return makings_.record_void(chip, card_id, reason);
    }

private:
    CardMakings& makings_;
    MakingJob job_;
};

} // namespace store
