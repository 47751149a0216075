#include "tests/host/personalization/remembered_makings.hpp"

#include "apdu/require.hpp"

#include <algorithm>

namespace personalization {
namespace {

using session::Fault;
using session::FaultCode;
using session::Outcome;

bool is_open(RememberedMakings::Kept const& kept) {
    return kept.reached != Milestone::made && kept.reached != Milestone::voided;
}

} // namespace

class RememberedMakings::Journal final : public MakingJournal {
public:
    Journal(RememberedMakings& makings, std::size_t at) : makings_{makings}, at_{at} {}

    Outcome<apdu::Done> ahead(CommandAhead const& command) override {
        ++makings_.written_;
        if (makings_.fails_from_ != 0 && makings_.written_ >= makings_.fails_from_) {
            return Fault{.code = FaultCode::journal_failed};
        }
        makings_.kept_[at_].commands.push_back(command);
        return apdu::Done{};
    }
    Outcome<apdu::Done> amend(Making const& making) override {
        makings_.kept_[at_].making = making;
        return apdu::Done{};
    }
    Outcome<apdu::Done> reach(Milestone milestone) override {
        makings_.kept_[at_].reached = milestone;
        return apdu::Done{};
    }

private:
    RememberedMakings& makings_;
    std::size_t at_;
};

RememberedMakings::Kept* RememberedMakings::open_of(HistoricalBytes const& chip) {
    auto const found = std::find_if(kept_.begin(), kept_.end(), [&](Kept const& kept) {
        return is_open(kept) && (kept.making.chip == chip || kept.making.wanted == chip);
    });
    return found == kept_.end() ? nullptr : &*found;
}

Outcome<std::optional<OpenMaking>> RememberedMakings::find(HistoricalBytes const& chip) const {
    if (is_damaged_) {
        return Fault{.code = FaultCode::journal_damaged};
    }
    auto const* const kept = const_cast<RememberedMakings*>(this)->open_of(chip);
    if (kept == nullptr) {
        return std::optional<OpenMaking>{};
    }
    return std::optional{OpenMaking{kept->making, kept->reached}};
}

Outcome<std::unique_ptr<MakingJournal>> RememberedMakings::begin(Making const& making,
                                                                 bool replaces) {
    apdu::require(open_of(making.chip) == nullptr);
    bool const has_card = std::any_of(kept_.begin(), kept_.end(), [&](Kept const& kept) {
        return !making.person.empty() && kept.making.person == making.person &&
               kept.making.wanted != making.chip && kept.reached != Milestone::voided;
    });
    if (has_card && !replaces) {
        return Fault{.code = FaultCode::person_has_card};
    }
    kept_.push_back({making});
    return std::unique_ptr<MakingJournal>{new Journal{*this, kept_.size() - 1}};
}

Outcome<std::unique_ptr<MakingJournal>> RememberedMakings::go_on(HistoricalBytes const& chip) {
    Kept* const kept = open_of(chip);
    apdu::require(kept != nullptr);
    return std::unique_ptr<MakingJournal>{
        new Journal{*this, static_cast<std::size_t>(kept - kept_.data())}};
}

Outcome<apdu::Done> RememberedMakings::record_void(HistoricalBytes const& chip,
                                                   std::string const& card_id,
                                                   std::string const& reason) {
    is_damaged_ = false;
    Kept* kept = open_of(chip);
    if (kept == nullptr) {
        kept_.push_back({});
        kept = &kept_.back();
        kept->making.chip = chip;
        kept->making.card_id = card_id;
    }
    kept->reached = Milestone::voided;
    kept->void_reason = reason;
    return apdu::Done{};
}

} // namespace personalization
