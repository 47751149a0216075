#include "host/virtual/medical.hpp"

#include "host/virtual/secure_messaging.hpp"

#include "keys/mac.hpp"

namespace virtual_card {
namespace {

constexpr std::uint16_t detail_fid = 0xEF08;

std::optional<KeyIndex> find_medical_key(Card const& card, KeyType type, std::uint8_t version) {
    auto const current = card.security().directory;
    if (!current) {
        return std::nullopt;
    }
    auto const key = find_key(card.memory().directories[*current], type, 0x00, version);
    return key ? std::optional{KeyIndex{*current, *key}} : std::nullopt;
}

} // namespace

MedicalAccount const* current_account(Card const& card) {
    auto const current = card.security().directory;
    if (!current || !card.memory().directories[*current].account) {
        return nullptr;
    }
    return &*card.memory().directories[*current].account;
}

MedicalAccount& change_current_account(Card& card) {
    return card.change().directories[*card.security().directory].account.value();
}

apdu::Result<keys::CardKey, apdu::StatusWord> medical_key(Card const& card, KeyType type,
                                                          std::uint8_t version) {
    auto const index = find_medical_key(card, type, version);
    if (!index) {
        return apdu::sw::key_index_unsupported;
    }
    return cipher_key(card.memory(), key_at(card.memory(), *index));
}

std::uint8_t medical_algorithm(Card const& card, KeyType type, std::uint8_t version) {
    auto const index = find_medical_key(card, type, version);
    return index ? key_at(card.memory(), *index).algorithm : 0x00;
}

Message& Message::add(apdu::ByteView bytes) {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    return *this;
}

Message& Message::add_byte(std::uint8_t value) {
    bytes_.push_back(value);
    return *this;
}

Message& Message::add_2_bytes(std::uint16_t value) {
    return add_byte(static_cast<std::uint8_t>(value >> 8U))
        .add_byte(static_cast<std::uint8_t>(value));
}

Message& Message::add_4_bytes(std::uint32_t value) {
    return add_2_bytes(static_cast<std::uint16_t>(value >> 16U))
        .add_2_bytes(static_cast<std::uint16_t>(value));
}

std::uint32_t amount_at(apdu::ByteView bytes, std::size_t at) {
    std::uint32_t amount = 0;
    for (std::uint8_t const byte : bytes.subspan(at, 4)) {
        amount = (amount << 8U) | byte;
    }
    return amount;
}

apdu::Result<keys::Mac, apdu::StatusWord> medical_mac(Card& card, keys::CardKey const& key,
                                                      Message const& message) {
    auto const mac = keys::mac(card.cipher(), key, message.bytes());
    if (!mac.ok()) {
        return apdu::sw::no_precise_diagnosis;
    }
    return mac.value();
}

void record_transaction(Card& card, TransactionDetail const& detail) {
    std::size_t const current = *card.security().directory;
    auto const index = find_file_by_fid(card.memory().directories[current], detail_fid);
    if (!index || card.memory().directories[current].files[*index].kind != FileKind::cyclic) {
        return;
    }
    Message record;
    record.add_2_bytes(detail.sequence)
        .add_byte(static_cast<std::uint8_t>('0' + static_cast<int>(detail.type)))
        .add(detail.terminal)
        .add(detail.time)
        .add_4_bytes(detail.account_amount)
        .add_4_bytes(detail.self_paid_amount)
        .add_4_bytes(detail.pool_amount);
    StoredFile& file = card.change().directories[current].files[*index];
    if (record.bytes().size() != file.record_length) {
        return;
    }
    file.records.insert(file.records.begin(), record.bytes());
    if (file.records.size() > record_capacity(file)) {
        file.records.pop_back();
    }
}

} // namespace virtual_card
