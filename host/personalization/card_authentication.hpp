#pragma once

#include "host/personalization/plan.hpp"

#include "host/session/card_channel.hpp"
#include "host/session/random_source.hpp"

namespace personalization {

// The exchanges of a plan that take a key or a PIN.

/// The card and the keys that they are done with.
struct KeyedChannel {
    session::CardChannel& channel;
    keys::KeyService& keys;
    keys::CardIdentity const& card;
};

/// Sends a command that must be answered with 9000; `fault` makes any other status word a fault.
template <typename Command, typename MakeFault>
[[nodiscard]] session::Outcome<apdu::Done>
send_checked(session::CardChannel& channel, Command const& command, MakeFault const& fault) {
    auto const answer = channel.send(command);
    if (!answer.ok()) {
        return answer.error();
    }
    if (!answer.value().status.is_success()) {
        return fault(answer.value().status);
    }
    return apdu::Done{};
}

/// Faults: transport_key_wrong with tries_left; key_locked (none left).
[[nodiscard]] session::Outcome<apdu::Done> perform(VerifyTransportKey const& step,
                                                   KeyedChannel const& with);
[[nodiscard]] session::Outcome<apdu::Done> perform(WriteTemporaryMk const& step,
                                                   KeyedChannel const& with);
[[nodiscard]] session::Outcome<apdu::Done> perform(WriteKey const& step, KeyedChannel const& with);
[[nodiscard]] session::Outcome<apdu::Done> perform(WritePin const& step, keys::Pin const& pin,
                                                   KeyedChannel const& with);
/// Faults: authentication_failed with tries_left; key_locked.
[[nodiscard]] session::Outcome<apdu::Done> perform(AuthenticateMk const& step,
                                                   KeyedChannel const& with);
[[nodiscard]] session::Outcome<apdu::Done> perform(Authenticate const& step,
                                                   KeyedChannel const& with);
/// Faults: card_not_genuine; key_service_failed where there are no random numbers.
[[nodiscard]] session::Outcome<apdu::Done>
perform(CheckGenuine const& step, session::RandomSource const& random, KeyedChannel const& with);

/// Faults: pin_blocked, pin_not_set, last_try_refused.
[[nodiscard]] session::Outcome<apdu::Done> perform(CheckPinTries const& step,
                                                   KeyedChannel const& with);
/// Faults: pin_wrong with tries_left; pin_blocked.
[[nodiscard]] session::Outcome<apdu::Done> perform(VerifyPin const& step, keys::Pin const& pin,
                                                   KeyedChannel const& with);
[[nodiscard]] session::Outcome<apdu::Done> perform(ResetPin const& step, keys::Pin const& new_pin,
                                                   KeyedChannel const& with);

} // namespace personalization
