#pragma once

#include "host/virtual/card.hpp"

// The card's commands, one file for each group. Each is given a command of its own class,
// instruction and data flow and checks the rest; the answers named here are those beside 9000, 6700
// (a data field of another length) and 6A86 (other P1 or P2). card.md §4.1–4.2; cos-t514.md §3.

namespace virtual_card {

/// SELECT by name or FID; the answer is the FCI that the card's FCI records hold. 6A82 not found,
/// 9303 blocked. Leaves everything as it was when it is refused. selection.cpp
[[nodiscard]] Answer select(Card& card, CardCommand const& command);

/// READ RECORD by number, by identifier, or from a number to the last. 6981 no record file, 6982,
/// 6986 no current EF, 6A82 no such SFI, 6A83. records.cpp
[[nodiscard]] Answer read_record(Card& card, CardCommand const& command);

/// UPDATE RECORD, CLA 00, or 04 with a MAC by the STK of the directory; "previous" with P1 00 adds
/// to a cyclic file, the number behind the last adds to an open directory's file. As read_record(),
/// and 6985, 6988 for the MAC, 6A84 no room, 6A85 not tag, length, value. records.cpp
[[nodiscard]] Answer update_record(Card& card, CardCommand const& command);

/// READ BINARY at an offset, or of an SFI. 6981, 6982, 6986, 6A82, 6B00. binary.cpp
[[nodiscard]] Answer read_binary(Card& card, CardCommand const& command);

/// UPDATE BINARY at an offset, CLA 00, or 04 with a MAC. As read_binary(), 6985, 6988, and 6A84
/// beyond the end. binary.cpp
[[nodiscard]] Answer update_binary(Card& card, CardCommand const& command);

/// GET CHALLENGE of 4, 8 or 16 bytes, for the next command. authentication.cpp
[[nodiscard]] Answer get_challenge(Card& card, CardCommand const& command);

/// INTERNAL AUTHENTICATE with IRK. 6A88 no such version. authentication.cpp
[[nodiscard]] Answer internal_authenticate(Card& card, CardCommand const& command);

/// EXTERNAL AUTHENTICATE with a key of the environment, of the current directory, or its MK. 63Cx
/// wrong, 6983, 6985 without the challenges just before, 6A88. authentication.cpp
[[nodiscard]] Answer external_authenticate(Card& card, CardCommand const& command);

/// VERIFY, or without data the question after the tries left. 63Cx, 6983, 6A88 no PIN here. pin.cpp
[[nodiscard]] Answer verify(Card& card, CardCommand const& command);

/// CHANGE PIN: old PIN, FF, new PIN. 63Cx, 6983, 6A80 no such new PIN, 6A88. pin.cpp
[[nodiscard]] Answer change_pin(Card& card, CardCommand const& command);

/// PIN CHANGE/UNBLOCK after PUK, with a MAC by STKSSSE. 6982 PUK was not proved, 6985, 6988, 6A80
/// decrypts to no PIN, 6A88. pin.cpp
[[nodiscard]] Answer pin_change_unblock(Card& card, CardCommand const& command);

/// APPLICATION BLOCK of the current directory, permanent, with a MAC by its STK or LK. 6985, 6988,
/// 6A88. block.cpp
[[nodiscard]] Answer block_application(Card& card, CardCommand const& command);

/// CARD BLOCK, permanent, with a MAC by BK. 6985, 6988, 6A88. block.cpp
[[nodiscard]] Answer block_card(Card& card, CardCommand const& command);

/// CREATE MF, DDF, ADF, EF. 6982 without transport key or MK, 6985 in a wrong place, 6A80 a
/// malformed header or a FID, SFI or name that is taken, 6A84. t514_structure.cpp
[[nodiscard]] Answer create(Card& card, CardCommand const& command);

/// END STAGE of the current directory. 6985 it is over already. t514_structure.cpp
[[nodiscard]] Answer end_stage(Card& card, CardCommand const& command);

/// WRITE FCI RECORD. 6982, 6985, 6A80, 6A82 no FCI file of that SFI, 6A83, 6A84, 6A85. t514_fci.cpp
[[nodiscard]] Answer write_fci_record(Card& card, CardCommand const& command);

/// DELETE of MF, directory or file under the MK of the directory above. 6982, 6985 the MF from
/// elsewhere, 6A82. t514_deletion.cpp
[[nodiscard]] Answer delete_structure(Card& card, CardCommand const& command);

/// VERIFY TRANSPORT KEY. 63Cx, 6983, 6985 a structure puts it out of force. t514_transport.cpp
[[nodiscard]] Answer verify_transport_key(Card& card, CardCommand const& command);

/// UPDATE ATR: T8…TD, for the command that must follow. 6982 without transport key, 6985 with a
/// structure, 6A80. t514_transport.cpp
[[nodiscard]] Answer update_atr(Card& card, CardCommand const& command);

/// The first 11 bytes of the ATR, right behind UPDATE ATR; both count from the next reset. 6985,
/// 6A80. t514_transport.cpp
[[nodiscard]] Answer update_historical_bytes(Card& card, CardCommand const& command);

/// WRITE KEY in the clear, encrypted, with MAC, or both. 6982, 6985 no challenge of 4 bytes before
/// a MAC, 6988, 6A80, 6A82 no key file, 6A84, 6A88 no MK yet. t514_keys.cpp
[[nodiscard]] Answer write_key(Card& card, CardCommand const& command);

/// INITIALIZE FOR LOAD. 6985 no account here, 9402, 9403. medical_load.cpp
[[nodiscard]] Answer initialize_for_load(Card& card, CardCommand const& command);

/// CREDIT FOR LOAD. 6901 not right behind INITIALIZE, 9302. medical_load.cpp
[[nodiscard]] Answer credit_for_load(Card& card, CardCommand const& command);

/// INITIALIZE FOR PURCHASE. 6985, 9401, 9402, 9403. medical_purchase.cpp
[[nodiscard]] Answer initialize_for_purchase(Card& card, CardCommand const& command);

/// DEBIT FOR PURCHASE. 6901, 6985 a sum of the year would overflow, 9302. medical_purchase.cpp
[[nodiscard]] Answer debit_for_purchase(Card& card, CardCommand const& command);

/// GET BALANCE of the account or one of the year's sums. 6982 without the PIN where one is set,
/// 6985. medical_account.cpp
[[nodiscard]] Answer get_balance(Card& card, CardCommand const& command);

/// GET TRANSACTION PROOF of the last transaction. 6985, 9406 it was another. medical_account.cpp
[[nodiscard]] Answer get_transaction_proof(Card& card, CardCommand const& command);

/// UPDATE STARTING DAY after DSK. 6982, 6985, 6A80 no such day. medical_account.cpp
[[nodiscard]] Answer update_starting_day(Card& card, CardCommand const& command);

/// GET STARTING DAY. 6985. medical_account.cpp
[[nodiscard]] Answer get_starting_day(Card& card, CardCommand const& command);

} // namespace virtual_card
