#include "host/personalization/card_authentication.hpp"

#include "host/session/key_fault.hpp"

#include "keys/secret_command.hpp"

namespace personalization {
namespace {

using apdu::Cla;
using apdu::Command;
using apdu::Done;
using apdu::Ins;
using apdu::StatusWord;
using session::Fault;
using session::FaultCode;
using session::Outcome;

/// The tries that a VERIFY without success leaves; nothing for a status word that tells none.
std::optional<std::uint8_t> tries_left(StatusWord status) {
    return status == apdu::sw::locked ? std::optional<std::uint8_t>{0} : status.tries_left();
}

} // namespace

Outcome<Done> perform(CheckPinTries const& /*step*/, KeyedChannel const& with) {
    auto const answer = with.channel.send(Command{Cla::interindustry, Ins::verify, 0x00, 0x00});
    if (!answer.ok()) {
        return answer.error();
    }
    StatusWord const status = answer.value().status;
    if (status.is_success()) {
        return Fault{.code = FaultCode::pin_not_set, .status = status, .ins = Ins::verify};
    }
    auto const tries = tries_left(status);
    if (!tries) {
        return session::fault_of(status, Ins::verify);
    }
    if (*tries <= 1) {
        return Fault{.code = *tries == 0 ? FaultCode::pin_blocked : FaultCode::last_try_refused,
                     .status = status,
                     .ins = Ins::verify,
                     .tries_left = tries};
    }
    return Done{};
}

Outcome<Done> perform(VerifyPin const& /*step*/, keys::Pin const& pin, KeyedChannel const& with) {
    return send_checked(with.channel, keys::verify_command(pin), [](StatusWord status) {
        auto const tries = tries_left(status);
        if (!tries) {
            return session::fault_of(status, Ins::verify);
        }
        return Fault{.code = *tries == 0 ? FaultCode::pin_blocked : FaultCode::pin_wrong,
                     .status = status,
                     .ins = Ins::verify,
                     .tries_left = tries};
    });
}

Outcome<Done> perform(ResetPin const& /*step*/, keys::Pin const& new_pin,
                      KeyedChannel const& with) {
    auto const challenge = with.channel.get_challenge();
    if (!challenge.ok()) {
        return challenge.error();
    }
    auto const command = with.keys.pin_reset_command(with.card, challenge.value(), new_pin);
    if (!command.ok()) {
        return session::fault_of(command.error());
    }
    return send_checked(with.channel, command.value(), [](StatusWord status) {
        return session::fault_of(status, Ins::pin_change_unblock);
    });
}

} // namespace personalization
