#pragma once

#include "host/personalization/plan.hpp"

#include "host/session/card_channel.hpp"
#include "host/session/random_source.hpp"

#include "keys/key_service.hpp"
#include "keys/pin.hpp"

#include <functional>

namespace personalization {

/// How often one record or image is written before a memory failure stands (card.md §5).
inline constexpr unsigned write_attempts_max = 3;

/// Where a plan stands.
struct StepProgress {
    std::size_t index; ///< of the step that begins, from 1
    std::size_t count; ///< of all steps
    Label label;
};
using Progress = std::function<void(StepProgress const&)>;

/// The PINs that a plan's steps take. Both must outlive carry_out().
struct Pins {
    keys::Pin const& default_pin;
    keys::Pin const* holder_pin = nullptr; ///< where the plan sets one
};

/// Told of each step of a plan by its number, from 1; a fault of its ends the execution there.
class StepGuard {
public:
    StepGuard() = default;
    StepGuard(StepGuard const&) = delete;
    StepGuard& operator=(StepGuard const&) = delete;
    virtual ~StepGuard() = default;

    /// The step is about to begin.
    [[nodiscard]] virtual session::Outcome<apdu::Done> begin(std::size_t number,
                                                             Step const& step) = 0;
    /// The step is done.
    [[nodiscard]] virtual session::Outcome<apdu::Done> end(std::size_t number) = 0;
};

/// Sends a plan to the card, step by step. `progress` (may be empty) is called before each step,
/// and so is `guard` (may be null).
/// The fault of a step has the step's number and label in its detail, and what else is known: the
/// card's word, tries left. Faults: those of CardChannel and of the key service;
/// transport_key_wrong (tries_left), which is never tried again; card_removed (another card is
/// there after a reset); card_not_genuine, authentication_failed, key_locked; pin_wrong,
/// pin_blocked, pin_not_set, last_try_refused; already_personalized; verification_failed, naming
/// the field; unexpected_status. require: `holder_pin` where the plan sets one.
[[nodiscard]] session::Outcome<apdu::Done>
carry_out(Plan const& plan, session::CardChannel& channel, keys::KeyService& keys, Pins const& pins,
          Progress const& progress, StepGuard* guard = nullptr,
          session::RandomSource const& random = session::system_random);

} // namespace personalization
