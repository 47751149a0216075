#include "host/daemon/fault_message.hpp"

#include "apdu/status_meaning.hpp"

#include <fmt/format.h>

#include <array>

namespace sscardd {
namespace {

struct CommandName {
    apdu::Ins ins;
    std::string_view name;
};

constexpr std::array<CommandName, 24> command_names{{
    {apdu::Ins::card_block, "CARD BLOCK"},
    {apdu::Ins::application_block, "APPLICATION BLOCK"},
    {apdu::Ins::verify, "VERIFY"},
    {apdu::Ins::pin_change_unblock, "PIN CHANGE/UNBLOCK"},
    {apdu::Ins::get_balance, "GET BALANCE"},
    {apdu::Ins::initialize, "INITIALIZE"},
    {apdu::Ins::credit_for_load, "CREDIT FOR LOAD"},
    {apdu::Ins::debit_for_purchase, "DEBIT FOR PURCHASE"},
    {apdu::Ins::get_transaction_proof, "GET TRANSACTION PROOF"},
    {apdu::Ins::starting_day, "STARTING DAY"},
    {apdu::Ins::change_pin, "CHANGE PIN"},
    {apdu::Ins::external_authenticate, "EXTERNAL AUTHENTICATE"},
    {apdu::Ins::get_challenge, "GET CHALLENGE"},
    {apdu::Ins::internal_authenticate, "INTERNAL AUTHENTICATE"},
    {apdu::Ins::select, "SELECT"},
    {apdu::Ins::read_binary, "READ BINARY"},
    {apdu::Ins::read_record, "READ RECORD"},
    {apdu::Ins::get_response, "GET RESPONSE"},
    {apdu::Ins::update_binary, "UPDATE BINARY"},
    {apdu::Ins::update_record, "UPDATE RECORD"},
    {apdu::Ins::t514_fci_record, "WRITE FCI RECORD"},
    {apdu::Ins::t514_write_key, "WRITE KEY"},
    {apdu::Ins::t514_structure, "CREATE/END STAGE"},
    {apdu::Ins::t514_delete, "DELETE"},
}};

} // namespace

std::string command_name(apdu::Ins ins) {
    for (auto const& row : command_names) {
        if (row.ins == ins) {
            return std::string{row.name};
        }
    }
    return fmt::format("INS {:02X}", static_cast<unsigned>(ins));
}

std::string word_text(apdu::StatusWord status) { return fmt::format("{:04X}", status.value()); }

std::vector<api::Problem> messages_of(std::vector<session::Problem> const& problems) {
    std::vector<api::Problem> messages;
    messages.reserve(problems.size());
    for (session::Problem const& problem : problems) {
        messages.push_back({problem.where, problem.code, problem.detail});
    }
    return messages;
}

api::Fault message_of(session::Fault const& fault) {
    api::Fault message = api::fault(session::to_text(fault.code), fault.detail);
    message.tries_left = fault.tries_left;
    message.problems = messages_of(fault.problems);
    if (fault.status) {
        // Without a known command the meaning is the one that does not depend on it.
        apdu::StatusMeaning const meaning =
            apdu::meaning_of(*fault.status, fault.ins.value_or(apdu::Ins{}));
        message.status = api::CardStatus{
            word_text(*fault.status),        fault.ins ? command_name(*fault.ins) : std::string{},
            std::string{meaning.meaning_en}, std::string{meaning.advice_en},
            std::string{meaning.meaning_zh}, std::string{meaning.advice_zh}};
    }
    return message;
}

} // namespace sscardd
