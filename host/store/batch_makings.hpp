#pragma once

#include "host/store/card_makings.hpp"

namespace store {

/// The cards in making for whoever makes those of one batch. Goes on with any making; one that had
/// begun outside the batch stays outside.
class BatchMakings final : public personalization::MakingJournals {
public:
    /// `makings` must outlive it.
    BatchMakings(CardMakings& makings, std::string batch)
        : makings_{makings}, batch_{std::move(batch)} {}

    [[nodiscard]] session::Outcome<std::optional<personalization::OpenMaking>>
    find(personalization::HistoricalBytes const& chip) const override {
        return makings_.find(chip);
    }

    [[nodiscard]] session::Outcome<std::unique_ptr<personalization::MakingJournal>>
    begin(personalization::Making const& making, bool replaces) override {
        return makings_.begin_in_batch(making, replaces, batch_);
    }

    [[nodiscard]] session::Outcome<std::unique_ptr<personalization::MakingJournal>>
    go_on(personalization::HistoricalBytes const& chip) override {
        return makings_.go_on(chip);
    }

    [[nodiscard]] session::Outcome<apdu::Done>
    record_void(personalization::HistoricalBytes const& chip, std::string const& card_id,
                std::string const& reason) override {
        return makings_.record_void(chip, card_id, reason);
    }

private:
    CardMakings& makings_;
    std::string batch_;
};

} // namespace store
