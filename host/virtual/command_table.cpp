#include "host/virtual/command_table.hpp"

#include "host/virtual/commands.hpp"

#include <array>

namespace virtual_card {
namespace {

using apdu::Ins;
using enum DataFlow;
constexpr std::nullopt_t any = std::nullopt;

constexpr auto rows = std::to_array<CommandRow>({
    // CLA  INS                      P1    data       function                        card.md §4.1
    {0x00, Ins::select, any, both, select},
    {0x00, Ins::read_record, any, from_card, read_record},
    {0x00, Ins::update_record, any, to_card, update_record},
    {0x04, Ins::update_record, any, to_card, update_record},
    {0x00, Ins::read_binary, any, from_card, read_binary},
    {0x00, Ins::update_binary, any, to_card, update_binary},
    {0x04, Ins::update_binary, any, to_card, update_binary},
    {0x00, Ins::get_challenge, any, from_card, get_challenge},
    {0x00, Ins::internal_authenticate, any, both, internal_authenticate},
    {0x00, Ins::external_authenticate, any, to_card, external_authenticate},
    {0x00, Ins::verify, any, to_card, verify},
    {0x80, Ins::change_pin, any, to_card, change_pin},
    {0x84, Ins::pin_change_unblock, any, to_card, pin_change_unblock},
    {0x84, Ins::application_block, any, to_card, block_application},
    {0x84, Ins::card_block, any, to_card, block_card},
    {0xB0, Ins::initialize, 0x00, both, initialize_for_load},
    {0xB0, Ins::initialize, 0x01, both, initialize_for_purchase},
    {0xB0, Ins::credit_for_load, any, both, credit_for_load},
    {0xB0, Ins::debit_for_purchase, any, both, debit_for_purchase},
    {0xB0, Ins::get_balance, any, from_card, get_balance},
    {0xB0, Ins::get_transaction_proof, any, both, get_transaction_proof},
    {0xB0, Ins::starting_day, 0x00, to_card, update_starting_day},
    {0xB0, Ins::starting_day, 0x01, from_card, get_starting_day},
    //                                                                          cos-t514.md §3
    {0x80, Ins::t514_structure, 0x01, to_card, create},
    {0x80, Ins::t514_structure, 0x02, to_card, end_stage},
    {0x80, Ins::t514_structure, 0x03, to_card, verify_transport_key},
    {0x80, Ins::t514_structure, 0x05, to_card, update_atr},
    {0x00, Ins::t514_historical_bytes, any, to_card, update_historical_bytes},
    {0x00, Ins::t514_fci_record, any, to_card, write_fci_record},
    {0x00, Ins::t514_write_key, any, to_card, write_key},
    {0x04, Ins::t514_write_key, any, to_card, write_key},
    {0x80, Ins::t514_write_key, any, to_card, write_key},
    {0x84, Ins::t514_write_key, any, to_card, write_key},
    {0x80, Ins::t514_delete, any, to_card, delete_structure},
});

} // namespace

std::span<CommandRow const> command_table() { return rows; }

CommandLookup look_up(std::uint8_t cla, apdu::Ins ins, std::uint8_t p1) {
    apdu::StatusWord refusal = apdu::sw::unknown_ins;
    for (CommandRow const& row : rows) {
        if (row.ins != ins) {
            continue;
        }
        if (row.cla != cla) {
            if (refusal == apdu::sw::unknown_ins) {
                refusal = apdu::sw::unknown_cla;
            }
            continue;
        }
        if (!row.p1 || *row.p1 == p1) {
            return {&row, apdu::sw::success};
        }
        refusal = apdu::sw::wrong_p1_p2;
    }
    return {nullptr, refusal};
}

} // namespace virtual_card
