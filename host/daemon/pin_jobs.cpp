#include "host/daemon/pin_jobs.hpp"

#include "host/session/terminal.hpp"

#include "keys/hex_text.hpp"

namespace sscardd {
namespace {

using session::CardSession;
using session::LastTry;
using session::Outcome;

LastTry last_try(bool spend) { return spend ? LastTry::spend : LastTry::refuse; }

/// The PIN's state behind an operation that went well.
Outcome<api::PinStatus> status_after(Outcome<apdu::Done> const& done, CardSession& card) {
    if (!done.ok()) {
        return done.error();
    }
    auto const status = session::pin_status(card);
    if (!status.ok()) {
        return status.error();
    }
    return message_of(status.value());
}

/// A terminal's PIN block as the key service takes it. Fault: request_invalid.
Outcome<keys::TerminalPin> terminal_pin_of(api::TerminalPinBlock const& text) {
    keys::TerminalPin pin{};
    std::array<std::uint8_t, 4> counter{};
    session::Fault invalid{session::FaultCode::request_invalid};
    if (!keys::read_hex(text.terminal, pin.terminal.bytes)) {
        invalid.problems.push_back({"/pin_block/terminal", "malformed", "16 hex digits"});
    }
    if (!keys::read_hex(text.counter, counter)) {
        invalid.problems.push_back({"/pin_block/counter", "malformed", "8 hex digits"});
    }
    if (!keys::read_hex(text.block, pin.block)) {
        invalid.problems.push_back({"/pin_block/block", "malformed", "32 hex digits"});
    }
    for (std::uint8_t const byte : counter) {
        pin.counter = pin.counter << 8U | byte;
    }
    return invalid.problems.empty() ? Outcome<keys::TerminalPin>{pin} : invalid;
}

session::Fault one_of(std::string where, std::string what) {
    session::Fault invalid{session::FaultCode::request_invalid};
    invalid.problems.push_back({std::move(where), "unsupported", std::move(what)});
    return invalid;
}

/// Opens the card, and tells of its PIN after `work`, which has someone type at the reader.
template <typename Work>
Outcome<api::PinStatus> with_pad(CardAtHand const& at, Work const& work) {
    auto card = open_card(at);
    if (!card.ok()) {
        return card.error();
    }
    return status_after(work(card.value()), card.value());
}

Outcome<api::PinStatus> reset_by_block(CardAtHand const& at, api::TerminalPinBlock const& text) {
    auto const block = terminal_pin_of(text);
    if (!block.ok()) {
        return block.error();
    }
    auto card = open_card(at);
    if (!card.ok()) {
        return card.error();
    }
    return status_after(session::reset_pin(card.value(), block.value()), card.value());
}

} // namespace

Outcome<keys::Pin> pin_of(api::PinText const& typed) {
    auto pin = keys::Pin::from_digits(typed.typed());
    if (!pin.ok()) {
        return session::Fault{session::FaultCode::pin_malformed};
    }
    return std::move(pin).value();
}

api::PinStatus message_of(session::PinStatus const& status) {
    switch (status.state) {
    case session::PinState::set:
        return {api::PinState::set, status.tries_left};
    case session::PinState::blocked:
        return {api::PinState::blocked, status.tries_left};
    case session::PinState::not_set:
        break;
    }
    return {api::PinState::not_set, status.tries_left};
}

Outcome<api::PinStatus> tell_pin_status(CardAtHand const& at) {
    auto card = open_card(at);
    if (!card.ok()) {
        return card.error();
    }
    return status_after(apdu::Done{}, card.value());
}

Outcome<api::PinStatus> verify_pin(CardAtHand const& at, api::PinVerifyRequest const& request) {
    if (request.at_pad == request.pin.has_value()) {
        return one_of("/pin", "or at_pad, one of both");
    }
    if (request.at_pad) {
        return with_pad(at, [&](CardSession& card) {
            return session::verify_pin_at_pad(card, last_try(request.spend_last_try));
        });
    }
    auto const pin = pin_of(*request.pin);
    if (!pin.ok()) {
        return pin.error();
    }
    auto card = open_card(at);
    if (!card.ok()) {
        return card.error();
    }
    return status_after(
        session::verify_pin(card.value(), pin.value(), last_try(request.spend_last_try)),
        card.value());
}

Outcome<api::PinStatus> change_pin(CardAtHand const& at, api::PinChangeRequest const& request) {
    bool const are_typed = request.old_pin.has_value() && request.new_pin.has_value();
    if (request.at_pad == (request.old_pin.has_value() || request.new_pin.has_value()) ||
        (!request.at_pad && !are_typed)) {
        return one_of("/old_pin", "with new_pin, or at_pad, one of both");
    }
    if (request.at_pad) {
        return with_pad(at, [&](CardSession& card) {
            return session::change_pin_at_pad(card, last_try(request.spend_last_try));
        });
    }
    auto const old_pin = pin_of(*request.old_pin);
    if (!old_pin.ok()) {
        return old_pin.error();
    }
    auto const new_pin = pin_of(*request.new_pin);
    if (!new_pin.ok()) {
        return new_pin.error();
    }
    auto card = open_card(at);
    if (!card.ok()) {
        return card.error();
    }
    return status_after(session::change_pin(card.value(), old_pin.value(), new_pin.value(),
                                            last_try(request.spend_last_try)),
                        card.value());
}

Outcome<api::PinStatus> reset_pin(CardAtHand const& at, api::PinResetRequest const& request) {
    int const ways =
        (request.new_pin ? 1 : 0) + (request.pin_block ? 1 : 0) + (request.at_pad ? 1 : 0);
    if (ways != 1) {
        return one_of("/new_pin", "or pin_block or at_pad, one of the three");
    }
    if (request.at_pad) {
        return with_pad(at, [&](CardSession& card) -> Outcome<apdu::Done> {
            auto const block = session::capture_pin(at.channel);
            return block.ok() ? session::reset_pin(card, block.value()) : block.error();
        });
    }
    if (request.pin_block) {
        return reset_by_block(at, *request.pin_block);
    }
    auto const new_pin = pin_of(*request.new_pin);
    if (!new_pin.ok()) {
        return new_pin.error();
    }
    auto card = open_card(at);
    if (!card.ok()) {
        return card.error();
    }
    return status_after(session::reset_pin(card.value(), new_pin.value()), card.value());
}

Outcome<api::PinStatus> unblock_pin(CardAtHand const& at) {
    auto card = open_card(at);
    if (!card.ok()) {
        return card.error();
    }
    return status_after(session::unblock_pin(card.value()), card.value());
}

} // namespace sscardd
