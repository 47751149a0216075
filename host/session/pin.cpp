#include "host/session/pin.hpp"

#include "host/session/key_fault.hpp"

#include "apdu/key_name.hpp"

namespace session {
namespace {

using apdu::Cla;
using apdu::Command;
using apdu::Ins;

/// For each key at a reader's PIN pad.
constexpr std::uint8_t pad_timeout_s = 30;

Fault pin_fault(FaultCode code, apdu::StatusWord status, Ins ins,
                std::optional<std::uint8_t> tries_left) {
    return Fault{.code = code, .status = status, .ins = ins, .tries_left = tries_left};
}

/// What a refused VERIFY or CHANGE PIN says.
Fault refusal_of_pin(apdu::StatusWord status, Ins ins) {
    if (status.tries_left().has_value()) {
        return pin_fault(FaultCode::pin_wrong, status, ins, status.tries_left());
    }
    if (status == apdu::sw::locked) {
        return pin_fault(FaultCode::pin_blocked, status, ins, std::uint8_t{0});
    }
    return fault_of(status, ins);
}

/// Goes on only where a try may be spent.
Outcome<apdu::Done> check_tries(CardSession& card, LastTry last_try) {
    auto const status = pin_status(card);
    if (!status.ok()) {
        return status.error();
    }
    switch (status.value().state) {
    case PinState::not_set:
        return Fault{.code = FaultCode::pin_not_set};
    case PinState::blocked:
        return Fault{.code = FaultCode::pin_blocked, .tries_left = std::uint8_t{0}};
    case PinState::set:
        break;
    }
    bool const is_last = status.value().tries_left.value_or(0) <= 1;
    if (is_last && last_try == LastTry::refuse) {
        return Fault{.code = FaultCode::last_try_refused, .tries_left = status.value().tries_left};
    }
    return apdu::Done{};
}

Outcome<apdu::Done> send_pin(CardSession& card, keys::SecretCommand const& command) {
    auto const answer = card.channel().send(command);
    if (!answer.ok()) {
        return answer.error();
    }
    if (!answer.value().status.is_success()) {
        return refusal_of_pin(answer.value().status, command.header().ins());
    }
    return apdu::Done{};
}

/// An entry of PINs as the card takes them: BCD, as long as they are.
apdu::ccid::PinOperation entry_of(apdu::ByteView command) {
    constexpr std::uint16_t chinese = 0x0804;
    return {.timeout_s = pad_timeout_s,
            .format = {.coding = apdu::ccid::PinCoding::bcd},
            .digits_min = keys::pin_digits_min,
            .digits_max = keys::pin_digits_max,
            .end = {.is_entered = true},
            .messages = 1,
            .language = chinese,
            .command = command};
}

Outcome<apdu::Done> send_at_pad(CardSession& card, apdu::ccid::PinOperation const& operation,
                                LastTry last_try) {
    auto const allowed = check_tries(card, last_try);
    if (!allowed.ok()) {
        return allowed.error();
    }
    auto const answer = card.channel().send_at_pad(operation);
    if (!answer.ok()) {
        return answer.error();
    }
    if (!answer.value().status.is_success()) {
        return refusal_of_pin(answer.value().status, static_cast<Ins>(operation.command[1]));
    }
    return apdu::Done{};
}

/// SSSE, the right to unblock, and the challenge for the command that follows at once. card.md
/// §4.5.
Outcome<keys::Challenge> prepare_unblock(CardSession& card) {
    auto const entered = card.enter(apdu::Directory::ssse);
    if (!entered.ok()) {
        return entered.error();
    }
    auto const authenticated = card.authenticate(card.in_use(apdu::KeyName::puk));
    if (!authenticated.ok()) {
        return authenticated.error();
    }
    return card.channel().get_challenge();
}

/// Refused before the card is touched, not after PUK.
Outcome<apdu::Done> check_has_stk(CardSession& card) {
    keys::Algorithm const algorithm = card.card().identity.algorithm;
    constexpr keys::KeyReference stk{apdu::KeyName::stk_ssse};
    if (card.keys() == nullptr || !card.keys()->has(algorithm, stk)) {
        return key_missing(algorithm, stk);
    }
    return apdu::Done{};
}

Outcome<apdu::Done> send_unblock(CardSession& card,
                                 keys::KeyResult<keys::SecuredCommand> const& command) {
    if (!command.ok()) {
        return fault_of(command.error());
    }
    auto const answer = card.channel().send(command.value());
    if (!answer.ok()) {
        return answer.error();
    }
    if (!answer.value().status.is_success()) {
        return fault_of(answer.value().status, Ins::pin_change_unblock);
    }
    return apdu::Done{};
}

/// PUK, then what `make` makes of the challenge.
template <typename Make>
Outcome<apdu::Done> reset_by(CardSession& card, Make const& make) {
    auto const has_stk = check_has_stk(card);
    if (!has_stk.ok()) {
        return has_stk.error();
    }
    auto const process = prepare_unblock(card);
    if (!process.ok()) {
        return process.error();
    }
    return send_unblock(card, make(*card.keys(), process.value()));
}

} // namespace

Outcome<PinStatus> pin_status(CardSession& card) {
    Command const command{Cla::interindustry, Ins::verify, 0x00, 0x00};
    auto const answer = card.channel().send(command);
    if (!answer.ok()) {
        return answer.error();
    }
    apdu::StatusWord const status = answer.value().status;
    if (status.is_success()) {
        return PinStatus{PinState::not_set, std::nullopt};
    }
    if (status == apdu::sw::locked || status.tries_left() == 0) {
        return PinStatus{PinState::blocked, std::uint8_t{0}};
    }
    if (status.tries_left().has_value()) {
        return PinStatus{PinState::set, status.tries_left()};
    }
    return fault_of(status, command.ins());
}

Outcome<apdu::Done> verify_pin(CardSession& card, keys::Pin const& pin, LastTry last_try) {
    auto const allowed = check_tries(card, last_try);
    if (!allowed.ok()) {
        return allowed.error();
    }
    auto done = send_pin(card, keys::verify_command(pin));
    if (done.ok()) {
        card.note_pin_verified();
    }
    return done;
}

Outcome<apdu::Done> change_pin(CardSession& card, keys::Pin const& old_pin,
                               keys::Pin const& new_pin, LastTry last_try) {
    auto const allowed = check_tries(card, last_try);
    if (!allowed.ok()) {
        return allowed.error();
    }
    return send_pin(card, keys::change_pin_command(old_pin, new_pin));
}

Outcome<apdu::Done> verify_pin_at_pad(CardSession& card, LastTry last_try) {
    // VERIFY 00 20 00 00; the pad puts the PIN in and makes Lc.
    constexpr std::array<std::uint8_t, 5> command{0x00, 0x20, 0x00, 0x00, 0x00};
    auto done = send_at_pad(card, entry_of(command), last_try);
    if (done.ok()) {
        card.note_pin_verified();
    }
    return done;
}

Outcome<apdu::Done> change_pin_at_pad(CardSession& card, LastTry last_try) {
    // CHANGE PIN 80 5E 01 00: the old PIN goes before FF, the new one behind it.
    constexpr std::array<std::uint8_t, 6> command{0x80, 0x5E, 0x01, 0x00, 0x01, 0xFF};
    auto operation = entry_of(command);
    operation.messages = 3;
    operation.message_indices = {0, 1, 2};
    operation.change = {.old_at = 0, .new_at = 1, .is_confirmed = true, .asks_old = true};
    return send_at_pad(card, operation, last_try);
}

Outcome<apdu::Done> reset_pin(CardSession& card, keys::Pin const& new_pin) {
    return reset_by(card, [&](keys::KeyService& keys, keys::Challenge const& process) {
        return keys.pin_reset_command(card.card().identity, process, new_pin);
    });
}

Outcome<apdu::Done> reset_pin(CardSession& card, keys::TerminalPin const& new_pin) {
    return reset_by(card, [&](keys::KeyService& keys, keys::Challenge const& process) {
        return keys.terminal_pin_reset_command(card.card().identity, process, new_pin);
    });
}

Outcome<apdu::Done> unblock_pin(CardSession& card) {
    auto const has_stk = check_has_stk(card);
    if (!has_stk.ok()) {
        return has_stk.error();
    }
    auto const process = prepare_unblock(card);
    if (!process.ok()) {
        return process.error();
    }
    Command const header{Cla::proprietary_secure, Ins::pin_change_unblock, 0x00, 0x00};
    return send_unblock(card,
                        card.keys()->maced_command(card.card().identity, {apdu::KeyName::stk_ssse},
                                                   process.value(), header, {}));
}

} // namespace session
