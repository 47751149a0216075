#include "host/virtual/commands.hpp"
#include "host/virtual/medical.hpp"

#include "keys/constant_time.hpp"
#include "keys/transaction_key.hpp"

#include <limits>

namespace virtual_card {
namespace {

constexpr std::size_t initialize_load_size = 11; ///< key index 1, amount 4, terminal 6
constexpr std::size_t credit_size = 11;          ///< host time 7, MAC2 4
constexpr auto load_type = static_cast<std::uint8_t>(TransactionType::load);

apdu::Result<keys::CardKey, apdu::StatusWord> load_key(Card& card,
                                                       PendingTransaction const& pending) {
    auto const dlk = medical_key(card, KeyType::dlk, pending.key_version);
    if (!dlk.ok()) {
        return dlk.error();
    }
    std::array<std::uint8_t, 2> const sequence{static_cast<std::uint8_t>(pending.sequence >> 8U),
                                               static_cast<std::uint8_t>(pending.sequence)};
    auto session = keys::load_session_key(card.cipher(), dlk.value(), pending.random, sequence);
    if (!session.ok()) {
        return apdu::sw::no_precise_diagnosis;
    }
    return std::move(session).value();
}

/// What a load that may begin is; or why it may not.
apdu::Result<PendingTransaction, apdu::StatusWord> begin_load(Card& card, apdu::ByteView data) {
    MedicalAccount const* const account = current_account(card);
    if (account == nullptr) {
        return apdu::sw::conditions_not_satisfied;
    }
    PendingTransaction pending{.kind = PendingTransaction::Kind::load,
                               .key_version = data[0],
                               .sequence = account->online_counter,
                               .random = {},
                               .account_amount = amount_at(data, 1),
                               .self_paid_amount = 0,
                               .pool_amount = 0,
                               .terminal = {}};
    apdu::copy_bytes(data.subspan(5, pending.terminal.size()), pending.terminal);
    if (account->online_counter == std::numeric_limits<std::uint16_t>::max()) {
        return apdu::sw::counter_at_maximum;
    }
    auto const room = std::numeric_limits<std::uint32_t>::max() - account->balance;
    if (pending.account_amount > room) {
        return apdu::sw::conditions_not_satisfied;
    }
    if (auto const dtk = medical_key(card, KeyType::dtk, pending.key_version); !dtk.ok()) {
        return dtk.error();
    }
    card.random().fill(pending.random);
    return pending;
}

/// Balance and counter as the load makes them, its detail record and its proof. @returns the TAC.
apdu::Result<keys::Mac, apdu::StatusWord> credit(Card& card, PendingTransaction const& pending,
                                                 apdu::ByteView time, keys::Mac const& mac) {
    auto const dtk = medical_key(card, KeyType::dtk, pending.key_version);
    if (!dtk.ok()) {
        return dtk.error();
    }
    std::uint32_t const balance = current_account(card)->balance + pending.account_amount;
    Message message;
    message.add_4_bytes(balance)
        .add_2_bytes(pending.sequence)
        .add_4_bytes(pending.account_amount)
        .add_byte(load_type)
        .add(pending.terminal)
        .add(time);
    auto const tac = medical_mac(card, keys::tac_key(dtk.value()), message);
    if (!tac.ok()) {
        return tac.error();
    }
    MedicalAccount& account = change_current_account(card);
    account.balance = balance;
    ++account.online_counter;
    account.proof = TransactionProof{load_type, pending.sequence, mac, tac.value()};
    TransactionDetail detail{.type = TransactionType::load,
                             .sequence = pending.sequence,
                             .terminal = pending.terminal,
                             .time = {},
                             .account_amount = pending.account_amount,
                             .self_paid_amount = 0,
                             .pool_amount = 0};
    apdu::copy_bytes(time, detail.time);
    record_transaction(card, detail);
    return tac.value();
}

} // namespace

Answer initialize_for_load(Card& card, CardCommand const& command) {
    if (command.p2 != 0x01) {
        return apdu::sw::wrong_p1_p2;
    }
    if (command.data.size() != initialize_load_size) {
        return apdu::sw::wrong_length;
    }
    auto const pending = begin_load(card, command.data);
    if (!pending.ok()) {
        return pending.error();
    }
    auto const session = load_key(card, pending.value());
    if (!session.ok()) {
        return session.error();
    }
    std::uint32_t const balance = current_account(card)->balance;
    Message message;
    message.add_4_bytes(balance)
        .add_4_bytes(pending.value().account_amount)
        .add_byte(load_type)
        .add(pending.value().terminal);
    auto const mac1 = medical_mac(card, session.value(), message);
    if (!mac1.ok()) {
        return mac1.error();
    }
    card.security().transaction = pending.value();
    std::uint8_t const version = pending.value().key_version;
    Message answer;
    answer.add_4_bytes(balance)
        .add_2_bytes(pending.value().sequence)
        .add_byte(version)
        .add_byte(medical_algorithm(card, KeyType::dlk, version))
        .add(pending.value().random)
        .add(mac1.value());
    return answer.bytes();
}

Answer credit_for_load(Card& card, CardCommand const& command) {
    auto const pending = std::exchange(card.security().transaction, std::nullopt);
    if (!pending || pending->kind != PendingTransaction::Kind::load) {
        return apdu::sw::invalid_state;
    }
    if (command.p1 != 0x00 || command.p2 != 0x00) {
        return apdu::sw::wrong_p1_p2;
    }
    if (command.data.size() != credit_size) {
        return apdu::sw::wrong_length;
    }
    auto const session = load_key(card, *pending);
    if (!session.ok()) {
        return session.error();
    }
    apdu::ByteView const time = command.data.first(transaction_time_size);
    Message message;
    message.add_4_bytes(pending->account_amount)
        .add_byte(load_type)
        .add(pending->terminal)
        .add(time);
    auto const mac2 = medical_mac(card, session.value(), message);
    if (!mac2.ok()) {
        return mac2.error();
    }
    if (!keys::equal_in_constant_time(mac2.value(), command.data.subspan(transaction_time_size))) {
        return apdu::sw::mac_error;
    }
    auto const tac = credit(card, *pending, time, mac2.value());
    if (!tac.ok()) {
        return tac.error();
    }
    return Bytes{tac.value().begin(), tac.value().end()};
}

} // namespace virtual_card
