// Identifiers that are accepted are what their parts and check characters say, and no others are.

#include "apdu/identifiers.hpp"

#include <string>

namespace {

void check_card_id(apdu::ByteView bytes) {
    auto const id = apdu::CardId::parse(bytes);
    if (!id.ok()) {
        return;
    }
    apdu::require(apdu::equal_bytes(id.value().bytes, bytes));
    auto const first_parts =
        apdu::card_id_first_parts(id.value().region().first<3>(), id.value().serial().first<4>());
    apdu::require(apdu::equal_bytes(first_parts, bytes.first(first_parts.size())));
}

void check_card_number(std::string const& text) {
    bool const is_valid = apdu::check_card_number(text).ok();
    apdu::require(!is_valid || text.size() == 9);
    auto const check = apdu::card_number_check(text);
    if (check.ok()) {
        apdu::require(apdu::check_card_number(text + check.value()).ok());
    }
}

void check_id_number(std::string const& text) {
    if (apdu::check_id_number(text).ok()) {
        auto const parts = apdu::parts_of_id_number(text);
        apdu::require(apdu::is_calendar_date(parts.birth_date));
        apdu::require(parts.sex == '1' || parts.sex == '2');
        apdu::require(std::string{parts.region} + std::string{parts.birth_date} ==
                      text.substr(0, 14));
    }
    auto const check = apdu::id_number_check(text);
    if (check.ok()) {
        bool const is_date = apdu::is_calendar_date(std::string_view{text}.substr(6, 8));
        apdu::require(apdu::check_id_number(text + check.value()).ok() == is_date);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    apdu::ByteView const bytes{data, size};
    std::string const text{bytes.begin(), bytes.end()};
    check_card_id(bytes);
    check_card_number(text);
    check_id_number(text);
    (void)apdu::is_calendar_date(text);
    return 0;
}
