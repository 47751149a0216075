#pragma once

#include "host/api/service.hpp"
#include "host/session/card_session.hpp"

#include <functional>
#include <string>

namespace sscardd {

/// What one job has to work with: a card that answers, in the reader that was asked for.
struct CardAtHand {
    std::string const& reader;
    session::CardChannel& channel;
    keys::KeyService* keys; ///< null: no keys are configured
    apdu::Protocol protocol;
    std::function<void(api::Progress)> tell;
    keys::KeyVersions versions{}; ///< that this card is authenticated with
};

/// The social security card at hand, opened. Faults as CardSession::open().
[[nodiscard]] inline session::Outcome<session::CardSession> open_card(CardAtHand const& at) {
    return session::CardSession::open(at.channel, at.keys, session::system_random, at.versions);
}

/// A typed PIN as the card takes it. Fault: pin_malformed.
[[nodiscard]] session::Outcome<keys::Pin> pin_of(api::PinText const& typed);

} // namespace sscardd
