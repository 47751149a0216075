#include "host/session/block.hpp"

#include "host/session/key_fault.hpp"

#include <optional>

namespace session {
namespace {

using apdu::Cla;
using apdu::Command;
using apdu::Directory;
using apdu::Ins;
using apdu::KeyName;

/// The maintenance key of a directory. card.md §3.1.
std::optional<KeyName> stk_of(Directory directory) {
    switch (directory) {
    case Directory::mf:
        return std::nullopt;
    case Directory::ssse:
        return KeyName::stk_ssse;
    case Directory::df01:
        return KeyName::stk_df01;
    case Directory::df02:
        return KeyName::stk_df02;
    case Directory::df03:
        return KeyName::stk_df03;
    case Directory::df04:
        return KeyName::stk_df04;
    case Directory::df05:
        return KeyName::stk_df05;
    case Directory::df06:
        return KeyName::stk_df06;
    case Directory::df07:
        return KeyName::stk_df07;
    }
    return std::nullopt;
}

/// Enters the directory and sends `header` with a MAC by `key` over a fresh challenge.
Outcome<apdu::Done> send_with_mac(CardSession& card, Directory directory, KeyName key,
                                  Command const& header) {
    keys::Algorithm const algorithm = card.card().identity.algorithm;
    if (card.keys() == nullptr || !card.keys()->has(algorithm, {key})) {
        return key_missing(algorithm, {key});
    }
    auto const entered = card.enter(directory);
    if (!entered.ok()) {
        return entered.error();
    }
    auto const process = card.channel().get_challenge();
    if (!process.ok()) {
        return process.error();
    }
    auto const command =
        card.keys()->maced_command(card.card().identity, {key}, process.value(), header, {});
    if (!command.ok()) {
        return fault_of(command.error());
    }
    auto const answer = card.channel().send(command.value());
    if (!answer.ok()) {
        return answer.error();
    }
    if (!answer.value().status.is_success()) {
        return fault_of(answer.value().status, header.ins(), std::string{apdu::to_text(key)});
    }
    card.forget_state(); // nothing is left of what was blocked
    return apdu::Done{};
}

} // namespace

Outcome<apdu::Done> block_application(CardSession& card, Directory directory) {
    auto const stk = stk_of(directory);
    if (!stk.has_value()) {
        return Fault{.code = FaultCode::request_invalid, .detail = "MF"};
    }
    return send_with_mac(card, directory, *stk,
                         Command{Cla::proprietary_secure, Ins::application_block, 0x00, 0x01});
}

Outcome<apdu::Done> block_card(CardSession& card) {
    return send_with_mac(card, Directory::ssse, KeyName::bk,
                         Command{Cla::proprietary_secure, Ins::card_block, 0x00, 0x00});
}

} // namespace session
