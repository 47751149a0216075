#pragma once

#include "host/personalization/execution.hpp"
#include "host/personalization/making.hpp"

namespace personalization {

/// Commands that one step of a plan may take, GET RESPONSE and repetitions included: more than any
/// honest card needs, so that a hostile one cannot prolong it.
inline constexpr std::size_t step_commands_max = 1024;

/// Keeps the journal of one card while a plan is carried out: every command is written down before
/// it is sent. The making begins with the first step that changes the card; before that there is
/// nothing to be lost. While the object lives it is the channel's gate.
class Journaling final : public StepGuard {
public:
    /// `structure_steps` as in the plan that will be carried out. What is referred to must outlive
    /// the object.
    Journaling(MakingJournals& journals, session::CardChannel& channel, Making making,
               bool replaces);
    ~Journaling() override;

    /// Goes on with the making, which is open. Fault: journal_failed.
    [[nodiscard]] session::Outcome<apdu::Done> go_on();

    /// The making is that of another record from now on, where it is another. Fault:
    /// journal_failed. require: the making is open.
    [[nodiscard]] session::Outcome<apdu::Done> amend(Making const& making);

    /// Leaves the making as it is; nothing more is written to its journal.
    void let_go() { journal_.reset(); }

    /// After so many steps of a plan for both stages the structure is made.
    void expect_structure_after(std::size_t steps) { structure_steps_ = steps; }

    /// Faults: person_has_card, journal_failed. A step that takes too many commands ends with
    /// too_many_rounds.
    [[nodiscard]] session::Outcome<apdu::Done> begin(std::size_t number, Step const& step) override;
    [[nodiscard]] session::Outcome<apdu::Done> end(std::size_t number) override;

    /// The card is made. Fault: journal_failed. require: the making has begun.
    [[nodiscard]] session::Outcome<apdu::Done> finish();

private:
    [[nodiscard]] session::Outcome<apdu::Done> write_ahead(apdu::Ins ins);

    MakingJournals& journals_;
    session::CardChannel& channel_;
    Making making_;
    bool replaces_;
    std::size_t structure_steps_ = 0;
    std::unique_ptr<MakingJournal> journal_{}; ///< null: not begun
    std::size_t step_ = 0;
    std::size_t commands_ = 0;
    std::size_t step_commands_ = 0;
};

} // namespace personalization
