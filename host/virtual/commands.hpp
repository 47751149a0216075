#pragma once

#include "host/virtual/card.hpp"

// The card's commands, one file for each group. Each is given a command of its own class,
// instruction and data flow and checks the rest. card.md §4.1; cos-t514.md §3.

namespace virtual_card {

// selection.cpp
[[nodiscard]] Answer select(Card& card, CardCommand const& command);

// records.cpp
[[nodiscard]] Answer read_record(Card& card, CardCommand const& command);
/// CLA 00, or 04 with a MAC by the STK of the directory.
[[nodiscard]] Answer update_record(Card& card, CardCommand const& command);

// binary.cpp
[[nodiscard]] Answer read_binary(Card& card, CardCommand const& command);
/// CLA 00, or 04 with a MAC by the STK of the directory.
[[nodiscard]] Answer update_binary(Card& card, CardCommand const& command);

// authentication.cpp
[[nodiscard]] Answer get_challenge(Card& card, CardCommand const& command);
[[nodiscard]] Answer internal_authenticate(Card& card, CardCommand const& command);
[[nodiscard]] Answer external_authenticate(Card& card, CardCommand const& command);

// pin.cpp
[[nodiscard]] Answer verify(Card& card, CardCommand const& command);
[[nodiscard]] Answer change_pin(Card& card, CardCommand const& command);
[[nodiscard]] Answer pin_change_unblock(Card& card, CardCommand const& command);

// block.cpp
[[nodiscard]] Answer block_application(Card& card, CardCommand const& command);
[[nodiscard]] Answer block_card(Card& card, CardCommand const& command);

// t514_structure.cpp
[[nodiscard]] Answer create(Card& card, CardCommand const& command);
[[nodiscard]] Answer end_stage(Card& card, CardCommand const& command);

// t514_fci.cpp
[[nodiscard]] Answer write_fci_record(Card& card, CardCommand const& command);

// t514_deletion.cpp
[[nodiscard]] Answer delete_structure(Card& card, CardCommand const& command);

// t514_transport.cpp
[[nodiscard]] Answer verify_transport_key(Card& card, CardCommand const& command);
[[nodiscard]] Answer update_atr(Card& card, CardCommand const& command);
[[nodiscard]] Answer update_historical_bytes(Card& card, CardCommand const& command);

// t514_keys.cpp
[[nodiscard]] Answer write_key(Card& card, CardCommand const& command);

// medical_load.cpp
[[nodiscard]] Answer initialize_for_load(Card& card, CardCommand const& command);
[[nodiscard]] Answer credit_for_load(Card& card, CardCommand const& command);

// medical_purchase.cpp
[[nodiscard]] Answer initialize_for_purchase(Card& card, CardCommand const& command);
[[nodiscard]] Answer debit_for_purchase(Card& card, CardCommand const& command);

// medical_account.cpp
[[nodiscard]] Answer get_balance(Card& card, CardCommand const& command);
[[nodiscard]] Answer get_transaction_proof(Card& card, CardCommand const& command);
[[nodiscard]] Answer update_starting_day(Card& card, CardCommand const& command);
[[nodiscard]] Answer get_starting_day(Card& card, CardCommand const& command);

} // namespace virtual_card
