#include "host/personalization/journaling.hpp"

#include "apdu/require.hpp"

#include <utility>

namespace personalization {
namespace {

using apdu::Done;
using session::Outcome;

} // namespace

Journaling::Journaling(MakingJournals& journals, session::CardChannel& channel, Making making,
                       bool replaces)
    : journals_{journals}, channel_{channel}, making_{std::move(making)}, replaces_{replaces} {
    channel_.set_gate([this](apdu::Ins ins) { return write_ahead(ins); });
}

Journaling::~Journaling() { channel_.set_gate({}); }

Outcome<Done> Journaling::go_on() {
    auto journal = journals_.go_on(making_.chip);
    if (!journal.ok()) {
        return journal.error();
    }
    journal_ = std::move(journal).value();
    return Done{};
}

Outcome<Done> Journaling::amend(Making const& making) {
    apdu::require(journal_ != nullptr);
    if (making == making_) {
        return Done{};
    }
    making_ = making;
    return journal_->amend(making_);
}

Outcome<Done> Journaling::begin(std::size_t number, Step const& step) {
    step_ = number;
    step_commands_ = 0;
    if (journal_ != nullptr || !changes_card(step)) {
        return Done{};
    }
    auto journal = journals_.begin(making_, replaces_);
    if (!journal.ok()) {
        return journal.error();
    }
    journal_ = std::move(journal).value();
    return Done{};
}

Outcome<Done> Journaling::end(std::size_t number) {
    bool const is_structure_made = making_.stage == Stage::both && number == structure_steps_;
    return is_structure_made ? journal_->reach(Milestone::structure_made) : Outcome<Done>{Done{}};
}

Outcome<Done> Journaling::finish() {
    apdu::require(journal_ != nullptr);
    return journal_->reach(Milestone::made);
}

Outcome<Done> Journaling::write_ahead(apdu::Ins ins) {
    ++commands_;
    if (++step_commands_ > step_commands_max) {
        return session::Fault{.code = session::FaultCode::too_many_rounds, .ins = ins};
    }
    return journal_ == nullptr ? Outcome<Done>{Done{}} : journal_->ahead({commands_, step_, ins});
}

} // namespace personalization
