#pragma once

#include <cstdint>

namespace apdu {

/// The instruction byte: an open set, named where the card or its operating system uses it.
/// LD/T 32.5 command list; then what a PSAM has besides (card.md §4.3), and the card operating
/// system's own (T514).
enum class Ins : std::uint8_t {
    card_block = 0x16,
    application_block = 0x1E,
    verify = 0x20,
    pin_change_unblock = 0x24,
    get_balance = 0x26,
    initialize = 0x28, ///< INITIALIZE FOR LOAD (P1 00) or FOR PURCHASE (P1 01)
    credit_for_load = 0x2A,
    debit_for_purchase = 0x2C,
    get_transaction_proof = 0x2E,
    starting_day = 0x56, ///< UPDATE (P1 00) or GET (P1 01) STARTING DAY
    change_pin = 0x5E,
    external_authenticate = 0x82,
    get_challenge = 0x84,
    internal_authenticate = 0x88,
    select = 0xA4,
    read_binary = 0xB0,
    read_record = 0xB2,
    get_response = 0xC0,
    update_binary = 0xD6,
    update_record = 0xDC,

    initialize_sam_for_purchase = 0x70,
    credit_sam_for_purchase = 0x72,
    delivery_session_key = 0xDE,
    initialize_environment = 0xEC,
    cipher_data = 0xFA,

    t514_historical_bytes = 0x14,
    t514_fci_record = 0xD2,
    t514_write_key = 0xD4,
    t514_structure = 0xE0, ///< P1 01 create, 02 end stage, 03 verify transport key, 05 update ATR
    t514_delete = 0xE1,
};

} // namespace apdu
