#include "host/session/basic_data.hpp"

#include "host/session/file_access.hpp"
#include "host/session/hex_text.hpp"
#include "host/session/item_text.hpp"

#include <algorithm>

namespace session {
namespace {

using apdu::ByteView;

// Tags of SSSE/EF05 and EF06. card.md §1.5.
constexpr std::uint8_t issue_date_tag = 0x05;
constexpr std::uint8_t expiry_date_tag = 0x06;
constexpr std::uint8_t card_number_tag = 0x07;
constexpr std::uint8_t social_security_number_tag = 0x08;
constexpr std::uint8_t name_tag = 0x09;
constexpr std::uint8_t name_extension_tag = 0x4E;

apdu::FilePlace place_of(CardSession const& card, std::string_view path) {
    auto const place = apdu::find_file(card.layout(), path);
    apdu::require(place.has_value()); // every generation has both files
    return *place;
}

/// The text of the item with that tag; empty where the table or the card has none.
std::string text_of(apdu::FilePlace place, ByteView records, std::uint8_t tag) {
    apdu::Item const* const item = find_item(place.file->items, tag);
    return item == nullptr ? std::string{} : item_text(*item, value_of_record(records, tag));
}

ByteView without_padding(ByteView value) {
    auto const end = std::find(value.begin(), value.end(), std::uint8_t{0});
    return value.first(static_cast<std::size_t>(end - value.begin()));
}

/// Items 09 and 4E joined before they are decoded, since a character may stand across the two.
std::string full_name(apdu::FilePlace holder, ByteView records) {
    apdu::Item const* const item = find_item(holder.file->items, name_tag);
    apdu::require(item != nullptr);
    ByteView const first = without_padding(value_of_record(records, name_tag));
    ByteView const second = without_padding(value_of_record(records, name_extension_tag));
    std::vector<std::uint8_t> name{first.begin(), first.end()};
    name.insert(name.end(), second.begin(), second.end());
    return item_text(*item, name);
}

bool is_readable(CardSession& card, apdu::FilePlace place) {
    apdu::Access const& access = place.file->read;
    return access.rule == apdu::AccessRule::free ||
           (access.rule == apdu::AccessRule::key && card.has_key(access.key));
}

/// What EF05 and the answer to reset tell; the rest is filled in by the caller.
BasicData issuer_part(CardSession const& card) {
    RecognizedCard const& recognized = card.card();
    apdu::FilePlace const place = place_of(card, "SSSE/EF05");
    ByteView const records = recognized.issuer_data;
    BasicData data{};
    data.region = hex_text(recognized.identity.region);
    data.card_number = text_of(place, records, card_number_tag);
    data.card_id = text_of(place, records, card_id_tag);
    data.reset_info = hex_text(recognized.identity.historical);
    data.version = text_of(place, records, version_tag);
    data.issue_date = text_of(place, records, issue_date_tag);
    data.expiry_date = text_of(place, records, expiry_date_tag);
    data.algorithm = recognized.identity.algorithm;
    return data;
}

Outcome<apdu::Done> read_holder(CardSession& card, BasicData& data) {
    apdu::FilePlace const place = place_of(card, "SSSE/EF06");
    if (!is_readable(card, place)) {
        return apdu::Done{};
    }
    auto records = read_file(card, place, Rights{});
    if (!records.ok()) {
        return records.error();
    }
    data.holder_data = std::move(records).value();
    data.holder_read = true;
    data.social_security_number = text_of(place, data.holder_data, social_security_number_tag);
    data.name = full_name(place, data.holder_data);
    return apdu::Done{};
}

} // namespace

std::string_view to_text(Completeness completeness) {
    switch (completeness) {
    case Completeness::blank:
        return "blank";
    case Completeness::half_made:
        return "half_made";
    case Completeness::personalized:
        break;
    }
    return "personalized";
}

Completeness completeness_of(BasicData const& data) {
    if (data.card_number.size() == card_number_size) {
        return Completeness::personalized;
    }
    bool const is_blank = data.card_number.empty() && data.issue_date.empty() &&
                          data.expiry_date.empty() && data.name.empty() &&
                          data.social_security_number.empty();
    return is_blank ? Completeness::blank : Completeness::half_made;
}

Outcome<BasicData> read_basic_data(CardSession& card) {
    BasicData data = issuer_part(card);
    auto const entered = card.enter(apdu::Directory::ssse);
    if (!entered.ok()) {
        return entered.error();
    }
    if (card.has_key(apdu::KeyName::irk)) {
        auto const genuine = card.check_genuine();
        if (!genuine.ok()) {
            return genuine.error();
        }
        data.genuine_checked = true;
    }
    auto const holder = read_holder(card, data);
    if (!holder.ok()) {
        return holder.error();
    }
    auto const pin = pin_status(card);
    if (!pin.ok()) {
        return pin.error();
    }
    data.pin = pin.value();
    return data;
}

} // namespace session
