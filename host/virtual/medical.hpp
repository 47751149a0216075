#pragma once

#include "host/virtual/card.hpp"

#include "keys/exchange_values.hpp"

namespace virtual_card {

// What load, purchase and account commands share. card.md §1.9, §4.1, §4.3. What MACs and TAC are
// made over is ASSUMED to be as in PBOC: the amounts, then type, terminal and time.

/// As MACs, records and proofs name it.
enum class TransactionType : std::uint8_t { load = 1, settlement = 2 };

/// Bytes of a transaction's time, YYYYMMDDhhmmss in BCD.
inline constexpr std::size_t transaction_time_size = 7;

/// The account of the current directory, or null.
[[nodiscard]] MedicalAccount const* current_account(Card const& card);
[[nodiscard]] MedicalAccount& change_current_account(Card& card);

/// The key of that type and version in the current directory: 9403 where there is none.
[[nodiscard]] apdu::Result<keys::CardKey, apdu::StatusWord>
medical_key(Card const& card, KeyType type, std::uint8_t version);

/// The algorithm byte that INITIALIZE answers: that of the key's header.
[[nodiscard]] std::uint8_t medical_algorithm(Card const& card, KeyType type, std::uint8_t version);

/// Bytes one after the other, numbers with the most significant byte first.
class Message {
public:
    /// Each adds behind what is there.
    Message& add(apdu::ByteView bytes);
    Message& add_byte(std::uint8_t value);
    Message& add_2_bytes(std::uint16_t value);
    Message& add_4_bytes(std::uint32_t value);
    [[nodiscard]] Bytes const& bytes() const { return bytes_; }

private:
    Bytes bytes_{};
};

/// Four bytes as a number, most significant first. require: room from `at` on.
[[nodiscard]] std::uint32_t amount_at(apdu::ByteView bytes, std::size_t at);

/// MAC over `message` by `key`; 6F00 when the cipher failed.
[[nodiscard]] apdu::Result<keys::Mac, apdu::StatusWord>
medical_mac(Card& card, keys::CardKey const& key, Message const& message);

/// A transaction as its detail record and its proof keep it.
struct TransactionDetail {
    TransactionType type;
    std::uint16_t sequence;
    std::array<std::uint8_t, 6> terminal;
    std::array<std::uint8_t, 7> time;
    std::uint32_t account_amount;
    std::uint32_t self_paid_amount;
    std::uint32_t pool_amount;
};

/// Adds the transaction to EF08 of the current directory (医疗交易明细), where there is one.
void record_transaction(Card& card, TransactionDetail const& detail);

} // namespace virtual_card
