#include "host/virtual/commands.hpp"
#include "host/virtual/medical.hpp"

#include "keys/constant_time.hpp"
#include "keys/transaction_key.hpp"

#include <limits>

namespace virtual_card {
namespace {

constexpr std::size_t initialize_purchase_size = 19; ///< key index 1, amounts 4 each, terminal 6
constexpr std::size_t debit_size = 15;               ///< terminal sequence 4, time 7, MAC1 4
constexpr std::size_t time_at = 4;
constexpr std::size_t mac_at = 11;
constexpr auto purchase_type = static_cast<std::uint8_t>(TransactionType::settlement);

/// The medical year (BCD) of a time YYYYMMDDhhmmss: it starts on the starting day.
std::uint16_t medical_year(MedicalAccount const& account, apdu::ByteView time) {
    auto const year = static_cast<std::uint16_t>((time[0] << 8U) | time[1]);
    auto const day = static_cast<std::uint16_t>((time[2] << 8U) | time[3]);
    if (day >= account.starting_day || year == 0) {
        return year;
    }
    unsigned const decimal = (year >> 12U) * 1000U + ((year >> 8U) & 0x0FU) * 100U +
                             ((year >> 4U) & 0x0FU) * 10U + (year & 0x0FU) - 1U;
    return static_cast<std::uint16_t>((decimal / 1000 % 10) << 12U | (decimal / 100 % 10) << 8U |
                                      (decimal / 10 % 10) << 4U | decimal % 10);
}

Message amounts_of(PendingTransaction const& pending) {
    Message message;
    message.add_4_bytes(pending.account_amount)
        .add_4_bytes(pending.self_paid_amount)
        .add_4_bytes(pending.pool_amount);
    return message;
}

apdu::Result<keys::CardKey, apdu::StatusWord>
purchase_key(Card& card, PendingTransaction const& pending,
             std::span<std::uint8_t const, 4> terminal_sequence) {
    auto const dpk = medical_key(card, KeyType::dpk, pending.key_version);
    if (!dpk.ok()) {
        return dpk.error();
    }
    std::array<std::uint8_t, 2> const sequence{static_cast<std::uint8_t>(pending.sequence >> 8U),
                                               static_cast<std::uint8_t>(pending.sequence)};
    auto session = keys::purchase_session_key(card.cipher(), dpk.value(), pending.random, sequence,
                                              terminal_sequence);
    if (!session.ok()) {
        return apdu::sw::no_precise_diagnosis;
    }
    return std::move(session).value();
}

apdu::Result<PendingTransaction, apdu::StatusWord> begin_purchase(Card& card, apdu::ByteView data) {
    MedicalAccount const* const account = current_account(card);
    if (account == nullptr) {
        return apdu::sw::conditions_not_satisfied;
    }
    PendingTransaction pending{.kind = PendingTransaction::Kind::purchase,
                               .key_version = data[0],
                               .sequence = account->offline_counter,
                               .random = {},
                               .account_amount = amount_at(data, 1),
                               .self_paid_amount = amount_at(data, 5),
                               .pool_amount = amount_at(data, 9),
                               .terminal = {}};
    apdu::copy_bytes(data.subspan(13, pending.terminal.size()), pending.terminal);
    if (account->offline_counter == std::numeric_limits<std::uint16_t>::max()) {
        return apdu::sw::counter_at_maximum;
    }
    for (KeyType const needed : {KeyType::dpk, KeyType::dtk}) {
        if (auto const key = medical_key(card, needed, pending.key_version); !key.ok()) {
            return key.error();
        }
    }
    if (pending.account_amount > account->balance) {
        return apdu::sw::insufficient_balance;
    }
    card.random().fill(pending.random);
    return pending;
}

/// The account after the purchase; nothing when a sum of the year would overflow.
std::optional<MedicalAccount>
account_after(MedicalAccount account, PendingTransaction const& pending, apdu::ByteView time) {
    std::uint16_t const year = medical_year(account, time);
    if (year != account.year) {
        account.year = year;
        account.year_self_paid = 0;
        account.year_pool = 0;
    }
    constexpr auto maximum = std::numeric_limits<std::uint32_t>::max();
    if (pending.self_paid_amount > maximum - account.year_self_paid ||
        pending.pool_amount > maximum - account.year_pool) {
        return std::nullopt;
    }
    account.balance -= pending.account_amount;
    account.year_self_paid += pending.self_paid_amount;
    account.year_pool += pending.pool_amount;
    ++account.offline_counter;
    return account;
}

/// TAC and MAC2 of a purchase.
struct Certificates {
    keys::Mac tac;
    keys::Mac mac2;
};
apdu::Result<Certificates, apdu::StatusWord> certify(Card& card, PendingTransaction const& pending,
                                                     keys::CardKey const& session,
                                                     apdu::ByteView data) {
    auto const dtk = medical_key(card, KeyType::dtk, pending.key_version);
    if (!dtk.ok()) {
        return dtk.error();
    }
    Message message = amounts_of(pending);
    message.add_byte(purchase_type)
        .add(pending.terminal)
        .add(data.first(time_at))
        .add(data.subspan(time_at, transaction_time_size));
    auto const tac = medical_mac(card, keys::tac_key(dtk.value()), message);
    auto const mac2 = medical_mac(card, session, amounts_of(pending));
    if (!tac.ok() || !mac2.ok()) {
        return apdu::sw::no_precise_diagnosis;
    }
    return Certificates{tac.value(), mac2.value()};
}

Answer debit(Card& card, PendingTransaction const& pending, keys::CardKey const& session,
             apdu::ByteView data) {
    apdu::ByteView const time = data.subspan(time_at, transaction_time_size);
    auto account = account_after(*current_account(card), pending, time);
    if (!account) {
        return apdu::sw::conditions_not_satisfied;
    }
    auto const certificates = certify(card, pending, session, data);
    if (!certificates.ok()) {
        return certificates.error();
    }
    auto const& [tac, mac2] = certificates.value();
    account->proof = TransactionProof{purchase_type, pending.sequence, mac2, tac};
    change_current_account(card) = *account;
    TransactionDetail detail{.type = TransactionType::settlement,
                             .sequence = pending.sequence,
                             .terminal = pending.terminal,
                             .time = {},
                             .account_amount = pending.account_amount,
                             .self_paid_amount = pending.self_paid_amount,
                             .pool_amount = pending.pool_amount};
    apdu::copy_bytes(time, detail.time);
    record_transaction(card, detail);
    return Message{}.add(tac).add(mac2).bytes();
}

} // namespace

Answer initialize_for_purchase(Card& card, CardCommand const& command) {
    if (command.p2 != 0x01) {
        return apdu::sw::wrong_p1_p2;
    }
    if (command.data.size() != initialize_purchase_size) {
        return apdu::sw::wrong_length;
    }
    auto const pending = begin_purchase(card, command.data);
    if (!pending.ok()) {
        return pending.error();
    }
    card.security().transaction = pending.value();
    MedicalAccount const& account = *current_account(card);
    std::uint8_t const version = pending.value().key_version;
    Message answer;
    answer.add_4_bytes(account.balance)
        .add_4_bytes(account.year_self_paid)
        .add_4_bytes(account.year_pool)
        .add_2_bytes(account.year)
        .add_2_bytes(pending.value().sequence)
        .add_byte(version)
        .add_byte(medical_algorithm(card, KeyType::dpk, version))
        .add(pending.value().random);
    return answer.bytes();
}

Answer debit_for_purchase(Card& card, CardCommand const& command) {
    auto const pending = std::exchange(card.security().transaction, std::nullopt);
    if (!pending || pending->kind != PendingTransaction::Kind::purchase) {
        return apdu::sw::invalid_state;
    }
    if (command.p1 != 0x01 || command.p2 != 0x00) {
        return apdu::sw::wrong_p1_p2;
    }
    if (command.data.size() != debit_size) {
        return apdu::sw::wrong_length;
    }
    auto const session = purchase_key(card, *pending, command.data.first<4>());
    if (!session.ok()) {
        return session.error();
    }
    Message message = amounts_of(*pending);
    message.add_byte(purchase_type)
        .add(pending->terminal)
        .add(command.data.subspan(time_at, transaction_time_size));
    auto const mac1 = medical_mac(card, session.value(), message);
    if (!mac1.ok()) {
        return mac1.error();
    }
    if (!keys::equal_in_constant_time(mac1.value(), command.data.subspan(mac_at))) {
        return apdu::sw::mac_error;
    }
    return debit(card, *pending, session.value(), command.data);
}

} // namespace virtual_card
