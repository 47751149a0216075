#include "host/personalization/card_authentication.hpp"

#include "host/session/authentication_field.hpp"
#include "host/session/key_fault.hpp"
#include "host/session/recognition.hpp"

#include "keys/constant_time.hpp"
#include "keys/key_table.hpp"

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

Command command_of(CommandHeader const& header) {
    return Command{header.cla, header.ins, header.p1, header.p2};
}

/// The fault of a refused authentication: how often the key may still be wrong, or that it is
/// locked.
Fault authentication_fault(FaultCode code, StatusWord status, Ins ins, std::string_view key) {
    if (auto const tries = status.tries_left()) {
        return {.code = code,
                .detail = std::string{key},
                .status = status,
                .ins = ins,
                .tries_left = tries};
    }
    return session::fault_of(status, ins, std::string{key});
}

/// 8 bytes ‖ 8 bytes.
std::array<std::uint8_t, 16> join(apdu::ByteView first, apdu::ByteView second) {
    std::array<std::uint8_t, 16> field{};
    apdu::copy_bytes(first, field);
    apdu::copy_bytes(second, apdu::ByteSpan{field}.subspan(8));
    return field;
}

} // namespace

Outcome<Done> perform(VerifyTransportKey const& step, KeyedChannel const& with) {
    // The chip's own bytes, which differ from the plan's until they are changed.
    auto const historical = session::historical_bytes_of(with.channel.atr());
    if (!historical.ok()) {
        return historical.error();
    }
    keys::CardIdentity chip = with.card;
    chip.historical = historical.value();
    auto const proof = with.keys.transport_proof(chip);
    if (!proof.ok()) {
        return session::fault_of(proof.error());
    }
    return send_checked(
        with.channel, command_of(step.header).with_data(proof.value()), [&](StatusWord status) {
            return authentication_fault(FaultCode::transport_key_wrong, status, step.header.ins,
                                        apdu::to_text(apdu::KeyName::transport_key));
        });
}

Outcome<Done> perform(AuthenticateMk const& step, KeyedChannel const& with) {
    auto const challenge = with.channel.get_challenge();
    if (!challenge.ok()) {
        return challenge.error();
    }
    auto const data = with.keys.mk_authentication(with.card, step.mk, challenge.value());
    if (!data.ok()) {
        return session::fault_of(data.error());
    }
    auto const field = join(data.value(), challenge.value());
    return send_checked(
        with.channel, command_of(step.header).with_data(field), [&](StatusWord status) {
            return authentication_fault(FaultCode::authentication_failed, status, step.header.ins,
                                        apdu::to_text(step.mk.name));
        });
}

Outcome<Done> perform(Authenticate const& step, KeyedChannel const& with) {
    // The first challenge is the original, the last one the process factor. card.md §3.5.
    auto const original = with.channel.get_challenge();
    if (!original.ok()) {
        return original.error();
    }
    auto const process = with.channel.get_challenge();
    if (!process.ok()) {
        return process.error();
    }
    auto const data =
        with.keys.external_authentication(with.card, step.key, process.value(), original.value());
    if (!data.ok()) {
        return session::fault_of(data.error());
    }
    auto const id = keys::key_row(step.key.name).card_id;
    apdu::require(id.has_value()); // files ask for keys with an id only
    session::AuthenticationField const field{data.value(), original.value(), step.key.version};
    Command const command =
        Command{Cla::interindustry, Ins::external_authenticate, 0x00, *id}.with_data(field.view());
    return send_checked(with.channel, command, [&](StatusWord status) {
        return authentication_fault(FaultCode::authentication_failed, status, command.ins(),
                                    apdu::to_text(step.key.name));
    });
}

Outcome<Done> perform(CheckGenuine const& step, session::RandomSource const& random,
                      KeyedChannel const& with) {
    keys::Challenge process{};
    keys::Challenge original{};
    if (!random(process) || !random(original)) {
        return Fault{.code = FaultCode::key_service_failed, .detail = "no random numbers"};
    }
    auto const expected = with.keys.internal_answer(with.card, step.version, process, original);
    if (!expected.ok()) {
        return session::fault_of(expected.error());
    }
    session::AuthenticationField const field{process, original, step.version};
    Command const command = Command{Cla::interindustry, Ins::internal_authenticate, 0x00, 0x00}
                                .with_data(field.view())
                                .expecting(expected.value().size());
    auto const answer = with.channel.send(command);
    if (!answer.ok()) {
        return answer.error();
    }
    if (!answer.value().status.is_success()) {
        return session::fault_of(answer.value().status, command.ins());
    }
    if (!keys::equal_in_constant_time(answer.value().data, expected.value())) {
        return Fault{.code = FaultCode::card_not_genuine, .ins = command.ins()};
    }
    return Done{};
}

} // namespace personalization
