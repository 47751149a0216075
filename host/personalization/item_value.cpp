#include "host/personalization/base64.hpp"
#include "host/personalization/card_items.hpp"
#include "host/personalization/file_content.hpp"

#include "apdu/item_codec.hpp"
#include "apdu/record.hpp"

#include <algorithm>
#include <array>

namespace personalization {
namespace {

std::string names_of(std::span<apdu::Item const> items) {
    std::string names;
    for (apdu::Item const& item : items) {
        names += (names.empty() ? "" : ", ") + std::string{item.name};
    }
    return names;
}

void refuse_unknown_parts(apdu::Item const& item, Json const& members, std::string const& where,
                          Findings& findings) {
    for (auto const& member : members.items()) {
        bool const known = std::any_of(item.parts.begin(), item.parts.end(),
                                       [&](auto const& part) { return part.name == member.key(); });
        if (!known) {
            findings.problems.push_back({below(where, member.key()), "unknown_item",
                                         std::string{item.name} + " has " + names_of(item.parts)});
        }
    }
}

std::vector<std::uint8_t> constructed_value(apdu::Item const& item, Json const& json,
                                            std::string const& where, apdu::TextProfile profile,
                                            Findings& findings) {
    std::vector<std::uint8_t> value(item.size);
    if (!json.is_object()) {
        findings.problems.push_back(
            {where, "wrong_type", "an object with " + names_of(item.parts) + " is wanted"});
        return value;
    }
    refuse_unknown_parts(item, json, where, findings);
    std::size_t at = 0;
    for (apdu::Item const& part : item.parts) {
        std::vector<std::uint8_t> part_value(part.size);
        apdu::unpersonalized_value(part, part_value);
        auto const given = json.find(part.name);
        if (given != json.end()) {
            part_value = item_value(part, *given, below(where, part.name), profile, findings);
        }
        auto const written =
            apdu::write_record({part.tag, part_value}, std::span{value}.subspan(at));
        apdu::require(written.ok()); // the tables check that the parts fill the item
        at += written.value();
    }
    return value;
}

std::vector<std::uint8_t> simple_value(apdu::Item const& item, Json const& json,
                                       std::string const& where, apdu::TextProfile profile,
                                       Findings& findings) {
    std::vector<std::uint8_t> value(item.size);
    apdu::unpersonalized_value(item, value);
    if (!json.is_string()) {
        findings.problems.push_back({where, "wrong_type", "text in quotes is wanted"});
        return value;
    }
    auto const& text = json.get_ref<std::string const&>();
    Problems controls = text_problems(where, text);
    if (!controls.empty()) {
        findings.problems.insert(findings.problems.end(), controls.begin(), controls.end());
        return value;
    }
    auto const encoded = apdu::encode_item(item, text, profile, value);
    if (!encoded.ok()) {
        findings.problems.push_back(item_problem(where, item, text, encoded.error(), profile));
    }
    return value;
}

bool is_image(std::span<std::uint8_t const> bytes) {
    constexpr auto jpeg = std::to_array<std::uint8_t>({0xFF, 0xD8, 0xFF});
    constexpr auto bmp = std::to_array<std::uint8_t>({'B', 'M'});
    auto const starts_with = [bytes](std::span<std::uint8_t const> start) {
        return bytes.size() > start.size() && apdu::equal_bytes(bytes.first(start.size()), start);
    };
    return starts_with(jpeg) || starts_with(bmp);
}

} // namespace

std::vector<std::uint8_t> item_value(apdu::Item const& item, Json const& json,
                                     std::string const& where, apdu::TextProfile profile,
                                     Findings& findings) {
    return item.format == apdu::Format::tlv
               ? constructed_value(item, json, where, profile, findings)
               : simple_value(item, json, where, profile, findings);
}

std::vector<std::uint8_t> binary_content(apdu::FilePlace place, Json const& json,
                                         std::string const& where, Findings& findings) {
    if (!json.is_string()) {
        findings.problems.push_back({where, "wrong_type", "base64 in quotes is wanted"});
        return {};
    }
    auto bytes = base64_bytes(json.get_ref<std::string const&>());
    if (!bytes) {
        findings.problems.push_back(
            {where, "not_base64", "base64 with its padding and without line breaks is wanted"});
        return {};
    }
    if (bytes->size() > place.file->size) {
        findings.problems.push_back({where, "too_long",
                                     std::to_string(bytes->size()) + " bytes, at most " +
                                         std::to_string(place.file->size)});
    }
    bool const is_photo =
        place.directory->directory == apdu::Directory::ssse && place.file->fid == photo_fid;
    if (is_photo && !bytes->empty() && !is_image(*bytes)) {
        findings.problems.push_back({where, "image_format", "a JPEG or BMP image is wanted"});
    }
    return *std::move(bytes);
}

} // namespace personalization
