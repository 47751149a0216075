#include "host/personalization/card_authentication.hpp"

#include "host/session/key_fault.hpp"

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

/// GET CHALLENGE of 4 bytes, for a command with MAC under an MK.
Outcome<std::array<std::uint8_t, 4>> short_challenge(session::CardChannel& channel) {
    std::array<std::uint8_t, 4> challenge{};
    auto const answer = channel.send(
        Command{Cla::interindustry, Ins::get_challenge, 0x00, 0x00}.expecting(challenge.size()));
    if (!answer.ok()) {
        return answer.error();
    }
    if (!answer.value().status.is_success()) {
        return session::fault_of(answer.value().status, Ins::get_challenge);
    }
    if (answer.value().data.size() != challenge.size()) {
        return Fault{.code = FaultCode::answer_malformed, .ins = Ins::get_challenge};
    }
    apdu::copy_bytes(answer.value().data, challenge);
    return challenge;
}

} // namespace

Outcome<Done> perform(WriteTemporaryMk const& step, KeyedChannel const& with) {
    auto const command = with.keys.temporary_mk_command(with.card, step.header);
    if (!command.ok()) {
        return session::fault_of(command.error());
    }
    return send_checked(with.channel, command.value(), [](StatusWord status) {
        return session::fault_of(status, Ins::t514_write_key);
    });
}

Outcome<Done> perform(WriteKey const& step, KeyedChannel const& with) {
    auto const challenge = short_challenge(with.channel);
    if (!challenge.ok()) {
        return challenge.error();
    }
    auto const command = with.keys.key_load_command(with.card, step.load, challenge.value());
    if (!command.ok()) {
        return session::fault_of(command.error());
    }
    return send_checked(with.channel, command.value(), [](StatusWord status) {
        return session::fault_of(status, Ins::t514_write_key);
    });
}

Outcome<Done> perform(WritePin const& step, keys::Pin const& pin, KeyedChannel const& with) {
    auto const challenge = short_challenge(with.channel);
    if (!challenge.ok()) {
        return challenge.error();
    }
    auto const command =
        with.keys.pin_load_command(with.card, step.under, step.header, pin, challenge.value());
    if (!command.ok()) {
        return session::fault_of(command.error());
    }
    return send_checked(with.channel, command.value(), [](StatusWord status) {
        return session::fault_of(status, Ins::t514_write_key);
    });
}

} // namespace personalization
