#include "host/virtual/item_json.hpp"

#include "apdu/item_codec.hpp"
#include "apdu/record.hpp"

#include <algorithm>

namespace virtual_card {
namespace {

using nlohmann::json;

std::string_view reason(apdu::Error error) {
    switch (error) {
    case apdu::Error::too_long:
        return "too long";
    case apdu::Error::too_short:
        return "too short";
    case apdu::Error::not_digits:
        return "digits are wanted";
    case apdu::Error::impossible_date:
        return "no such day";
    case apdu::Error::not_in_code_table:
        return "no such code";
    case apdu::Error::wrong_check_digit:
        return "wrong check digit";
    case apdu::Error::not_encodable:
        return "a character that GBK lacks";
    case apdu::Error::bad_encoding:
        return "not UTF-8";
    default:
        return "malformed";
    }
}

Bytes simple_value(apdu::Item const& item, json const& value, std::string const& where,
                   FaultList& faults) {
    Bytes bytes(item.size);
    apdu::unpersonalized_value(item, bytes);
    std::string text;
    if (value.is_string()) {
        text = value.get<std::string>();
    } else if (value.is_number_unsigned()) {
        text = std::to_string(value.get<std::uint64_t>());
    } else {
        faults.add(where, "text is wanted");
        return bytes;
    }
    auto const done = apdu::encode_item(item, text, apdu::TextProfile::gbk, bytes);
    if (!done.ok()) {
        faults.add(where, reason(done.error()));
    }
    return bytes;
}

/// Parts follow as tag, length, value, each in its place whether given or not.
Bytes constructed_value(apdu::Item const& item, json const& parts, std::string const& where,
                        FaultList& faults) {
    Bytes bytes(item.size);
    apdu::unpersonalized_value(item, bytes);
    if (!parts.is_object()) {
        faults.add(where, "an object of its parts is wanted");
        return bytes;
    }
    refuse_unknown(parts, item.parts, where, faults);
    std::size_t at = 0;
    for (apdu::Item const& part : item.parts) {
        auto const given = parts.find(part.name);
        at += apdu::record_head_size;
        if (given != parts.end()) {
            auto const value =
                item_value(part, *given, where + "/" + std::string{part.name}, faults);
            apdu::copy_bytes(value, apdu::ByteSpan{bytes}.subspan(at));
        }
        at += part.size;
    }
    return bytes;
}

} // namespace

void FaultList::add(std::string const& where, std::string_view what) {
    faults.push_back(where + ": " + std::string{what});
}

Bytes item_value(apdu::Item const& item, json const& value, std::string const& where,
                 FaultList& faults) {
    return item.parts.empty() ? simple_value(item, value, where, faults)
                              : constructed_value(item, value, where, faults);
}

void refuse_unknown(json const& object, std::span<apdu::Item const> items, std::string const& where,
                    FaultList& faults) {
    for (auto const& member : object.items()) {
        bool const is_known = std::any_of(items.begin(), items.end(), [&](apdu::Item const& item) {
            return item.name == member.key();
        });
        if (!is_known) {
            faults.add(where + "/" + member.key(), "no such item");
        }
    }
}

} // namespace virtual_card
