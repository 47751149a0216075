#include "host/virtual/commands.hpp"
#include "host/virtual/medical.hpp"
#include "host/virtual/secure_messaging.hpp"

#include "apdu/identifiers.hpp"

#include <algorithm>
#include <string>

namespace virtual_card {
namespace {

enum class Balance : std::uint8_t { account = 1, year_self_paid = 2, year_pool = 3 };

/// GET BALANCE asks for the PIN where one is set. card.md §4.1.
bool pin_allows(Card const& card) {
    auto const environment = environment_of_current(card);
    if (!environment) {
        return false;
    }
    StoredDirectory const& place = card.memory().directories[*environment];
    auto const pin = find_key(place, KeyType::pin, 0x00);
    return !pin || place.keys[*pin].value.empty() || card.security().global[place.keys[*pin].level];
}

bool is_day(apdu::ByteView month_and_day) {
    std::string date = "2000"; // a leap year
    for (std::uint8_t const byte : month_and_day) {
        date += static_cast<char>('0' + (byte >> 4U));
        date += static_cast<char>('0' + (byte & 0x0FU));
    }
    return apdu::is_calendar_date(date);
}

std::optional<std::size_t> find_transaction_file(StoredDirectory const& directory) {
    auto const found =
        std::find_if(directory.files.begin(), directory.files.end(), [](StoredFile const& file) {
            return file.kind == FileKind::internal && file.record_length == 0x00;
        });
    if (found == directory.files.end()) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - directory.files.begin());
}

} // namespace

Answer get_balance(Card& card, CardCommand const& command) {
    if (command.p1 != 0x00 || command.p2 < 0x01 || command.p2 > 0x03) {
        return apdu::sw::wrong_p1_p2;
    }
    MedicalAccount const* const account = current_account(card);
    if (account == nullptr) {
        return apdu::sw::conditions_not_satisfied;
    }
    if (!pin_allows(card)) {
        return apdu::sw::security_status;
    }
    Message answer;
    switch (static_cast<Balance>(command.p2)) {
    case Balance::account:
        answer.add_4_bytes(account->balance);
        break;
    case Balance::year_self_paid:
        answer.add_4_bytes(account->year_self_paid).add_2_bytes(account->year);
        break;
    case Balance::year_pool:
        answer.add_4_bytes(account->year_pool).add_2_bytes(account->year);
        break;
    }
    return answer.bytes();
}

Answer get_transaction_proof(Card& card, CardCommand const& command) {
    if (command.p1 != 0x00) {
        return apdu::sw::wrong_p1_p2;
    }
    if (command.data.size() != 2) {
        return apdu::sw::wrong_length;
    }
    MedicalAccount const* const account = current_account(card);
    if (account == nullptr) {
        return apdu::sw::conditions_not_satisfied;
    }
    auto const sequence = static_cast<std::uint16_t>((command.data[0] << 8U) | command.data[1]);
    auto const& proof = account->proof;
    if (!proof || proof->type != command.p2 || proof->sequence != sequence) {
        return apdu::sw::mac_unavailable;
    }
    return Message{}.add(proof->mac).add(proof->tac).bytes();
}

Answer update_starting_day(Card& card, CardCommand const& command) {
    if (command.p2 != 0x00) {
        return apdu::sw::wrong_p1_p2;
    }
    if (command.data.size() != 2) {
        return apdu::sw::wrong_length;
    }
    if (current_account(card) == nullptr) {
        return apdu::sw::conditions_not_satisfied;
    }
    // The transaction file's write control names DSK. cos-t514.md §3, CREATE EF.
    std::size_t const current = *card.security().directory;
    auto const file = find_transaction_file(card.memory().directories[current]);
    if (!file || !may(card.memory(), card.security(), {current, *file}, Operation::write)) {
        return apdu::sw::security_status;
    }
    if (!is_day(command.data)) {
        return apdu::sw::wrong_data;
    }
    change_current_account(card).starting_day =
        static_cast<std::uint16_t>((command.data[0] << 8U) | command.data[1]);
    return apdu::sw::success;
}

Answer get_starting_day(Card& card, CardCommand const& command) {
    if (command.p2 != 0x00) {
        return apdu::sw::wrong_p1_p2;
    }
    MedicalAccount const* const account = current_account(card);
    if (account == nullptr) {
        return apdu::sw::conditions_not_satisfied;
    }
    return Message{}.add_2_bytes(account->starting_day).bytes();
}

} // namespace virtual_card
