#include "host/session/foreign_card.hpp"

#include <array>
#include <string_view>

namespace session {
namespace {

using apdu::Cla;
using apdu::Command;
using apdu::Ins;

constexpr std::uint8_t p1_fid = 0x00; // of SELECT
constexpr std::uint8_t p1_name = 0x04;
constexpr std::uint8_t whole_fci = 0x00;
constexpr std::uint8_t return_fcp = 0x04; ///< what a UICC takes. ETSI TS 102 221 §11.1.1

// card.md §1.1; JR/T 0025.
constexpr std::string_view payment_environment = "1PAY.SYS.DDF01";
constexpr std::string_view contactless_payment_environment = "2PAY.SYS.DDF01";
constexpr auto mf = std::to_array<std::uint8_t>({0x3F, 0x00});
/// DF GSM, which every SIM has below its MF. ETSI TS 151 011 §10.2.
constexpr auto df_gsm = std::to_array<std::uint8_t>({0x7F, 0x20});
constexpr Cla gsm{0xA0};
/// A SIM of class A0 answers a selection with 9Fxx.
constexpr std::uint8_t gsm_answer_waiting = 0x9F;

bool is_of_the_exchange(FaultCode code) {
    return code != FaultCode::answer_malformed && code != FaultCode::too_many_rounds;
}

/// The card's word on a selection; an answer that is none counts as a refusal.
Outcome<apdu::StatusWord> ask(CardChannel& channel, Command const& selection, apdu::ByteView data) {
    auto const answer = channel.send(selection.with_data(data).expecting(apdu::short_ne_max));
    if (answer.ok()) {
        return answer.value().status;
    }
    if (is_of_the_exchange(answer.error().code)) {
        return answer.error();
    }
    return apdu::sw::no_precise_diagnosis;
}

Outcome<bool> has_application(CardChannel& channel, std::string_view name) {
    std::vector<std::uint8_t> const bytes{name.begin(), name.end()};
    auto const status =
        ask(channel, Command{Cla::interindustry, Ins::select, p1_name, whole_fci}, bytes);
    if (!status.ok()) {
        return status.error();
    }
    return status.value().is_success();
}

/// Class A0 and 9Fxx are a SIM's alone; a SIM or UICC that answers 9000 has DF GSM below its MF.
Outcome<bool> is_sim(CardChannel& channel) {
    constexpr auto selections =
        std::to_array<Command>({Command{gsm, Ins::select, p1_fid, 0x00},
                                Command{Cla::interindustry, Ins::select, p1_fid, return_fcp}});
    for (Command const& selection : selections) {
        auto const root = ask(channel, selection, mf);
        if (!root.ok()) {
            return root.error();
        }
        if (root.value().sw1() == gsm_answer_waiting) {
            return true;
        }
        if (!root.value().is_success()) {
            continue;
        }
        auto const directory = ask(channel, selection, df_gsm);
        if (!directory.ok()) {
            return directory.error();
        }
        if (directory.value().is_success()) {
            return true;
        }
    }
    return false;
}

Fault foreign(std::string detail, apdu::StatusWord refusal) {
    return Fault{.code = FaultCode::foreign_card,
                 .detail = std::move(detail),
                 .status = refusal,
                 .ins = Ins::select};
}

} // namespace

Fault card_instead_of_ours(CardChannel& channel, apdu::StatusWord refusal) {
    if (refusal == apdu::sw::application_blocked) {
        return fault_of(refusal, Ins::select);
    }
    auto const root = ask(channel, Command{Cla::interindustry, Ins::select, p1_fid, whole_fci}, mf);
    if (!root.ok()) {
        return root.error();
    }
    if (refusal == apdu::sw::function_not_supported && root.value() == refusal) {
        return fault_of(refusal, Ins::select);
    }
    for (std::string_view const name : {payment_environment, contactless_payment_environment}) {
        auto const is_bank_card = has_application(channel, name);
        if (!is_bank_card.ok()) {
            return is_bank_card.error();
        }
        if (is_bank_card.value()) {
            return foreign("bank card", refusal);
        }
    }
    auto const sim = is_sim(channel);
    if (!sim.ok()) {
        return sim.error();
    }
    if (sim.value()) {
        return foreign("SIM card", refusal);
    }
    if (refusal == apdu::sw::file_not_found && root.value() == refusal) {
        return Fault{.code = FaultCode::bare_chip, .status = refusal, .ins = Ins::select};
    }
    return foreign(std::string{unknown_card}, refusal);
}

} // namespace session
