#include "host/personalization/file_content.hpp"

#include "host/personalization/card_items.hpp"

#include "host/session/record_extent.hpp"

#include "apdu/record.hpp"

#include <algorithm>

namespace personalization {
namespace {

using apdu::FileType;

/// One file of the record while it is encoded.
struct Encoding {
    apdu::FilePlace place;
    std::string const& where;
    apdu::TextProfile profile;
    Findings& findings;
};

std::vector<std::uint8_t> record_bytes(apdu::Item const& item, Json const& json,
                                       std::string const& where, Encoding& encoding) {
    auto const value = item_value(item, json, where, encoding.profile, encoding.findings);
    std::vector<std::uint8_t> bytes(apdu::record_head_size + value.size());
    auto const written = apdu::write_record({item.tag, value}, bytes);
    apdu::require(written.ok());
    return bytes;
}

void add_item(apdu::Item const& item, Json const& json, Encoding& encoding, FileContent& content) {
    std::string const where = below(encoding.where, item.name);
    std::uint8_t const first = session::record_number_of(*encoding.place.file, item, 1);
    if (item.occurrences == 1) {
        content.records.push_back({first, item.tag, record_bytes(item, json, where, encoding)});
        return;
    }
    if (!json.is_array()) {
        encoding.findings.problems.push_back(
            {where, "wrong_type",
             "an array of at most " + std::to_string(item.occurrences) + " is wanted"});
        return;
    }
    if (json.size() > item.occurrences) {
        encoding.findings.problems.push_back(
            {where, "too_many",
             std::to_string(json.size()) + " values, at most " + std::to_string(item.occurrences)});
        return;
    }
    for (std::size_t i = 0; i < json.size(); ++i) {
        content.records.push_back({static_cast<std::uint8_t>(first + i), item.tag,
                                   record_bytes(item, json[i], below(where, i), encoding)});
    }
}

std::string names_of(apdu::ElementaryFile const& file) {
    std::string names;
    for (apdu::Item const& item : file.items) {
        names += (names.empty() ? "" : ", ") + std::string{item.name};
    }
    return names;
}

void refuse_unknown_items(Json const& members, std::string const& where,
                          apdu::ElementaryFile const& file, Findings& findings) {
    for (auto const& member : members.items()) {
        bool const known = std::any_of(file.items.begin(), file.items.end(),
                                       [&](auto const& item) { return item.name == member.key(); });
        if (!known) {
            findings.problems.push_back({below(where, member.key()), "unknown_item",
                                         std::string{file.name} + " has " + names_of(file)});
        }
    }
}

void add_records(Json const& members, Encoding& encoding, FileContent& content) {
    if (!members.is_object()) {
        encoding.findings.problems.push_back(
            {encoding.where, "wrong_type",
             "an object with " + names_of(*encoding.place.file) + " is wanted"});
        return;
    }
    refuse_unknown_items(members, encoding.where, *encoding.place.file, encoding.findings);
    for (apdu::Item const& item : encoding.place.file->items) {
        auto const given = members.find(item.name);
        if (given != members.end() && !is_made_by_structure(encoding.place.directory->directory,
                                                            encoding.place.file->fid, item.tag)) {
            add_item(item, *given, encoding, content);
        }
    }
}

/// One record of a cyclic file: its fields one after the other, without tags.
std::vector<std::uint8_t> cyclic_record(Json const& fields, std::string const& where,
                                        Encoding& encoding) {
    apdu::ElementaryFile const& file = *encoding.place.file;
    std::vector<std::uint8_t> bytes;
    if (!fields.is_object()) {
        encoding.findings.problems.push_back(
            {where, "wrong_type", "an object with " + names_of(file) + " is wanted"});
        return bytes;
    }
    refuse_unknown_items(fields, where, file, encoding.findings);
    for (apdu::Item const& field : file.items) {
        auto const given = fields.find(field.name);
        // A field that is left out is told by an empty text: its unpersonalized form.
        auto const value =
            item_value(field, given == fields.end() ? Json("") : *given, below(where, field.name),
                       encoding.profile, encoding.findings);
        bytes.insert(bytes.end(), value.begin(), value.end());
    }
    return bytes;
}

void add_cyclic_records(Json const& records, Encoding& encoding, FileContent& content) {
    apdu::ElementaryFile const& file = *encoding.place.file;
    if (!records.is_array()) {
        encoding.findings.problems.push_back(
            {encoding.where, "wrong_type", "an array of records is wanted, newest first"});
        return;
    }
    if (records.size() > file.records) {
        encoding.findings.problems.push_back(
            {encoding.where, "too_many",
             std::to_string(records.size()) + " records, at most " + std::to_string(file.records)});
        return;
    }
    for (std::size_t i = 0; i < records.size(); ++i) {
        content.records.push_back({static_cast<std::uint8_t>(i + 1), 0,
                                   cyclic_record(records[i], below(encoding.where, i), encoding)});
    }
}

} // namespace

FileContent file_content(apdu::FilePlace place, Json const& members, std::string const& where,
                         apdu::TextProfile profile, Findings& findings) {
    FileContent content{place.directory->directory, place.file->fid};
    Encoding encoding{place, where, profile, findings};
    switch (place.file->type) {
    case FileType::transparent:
        content.binary = binary_content(place, members, where, findings);
        break;
    case FileType::cyclic:
        add_cyclic_records(members, encoding, content);
        break;
    case FileType::variable_records:
    case FileType::fixed_records:
        add_records(members, encoding, content);
        break;
    }
    return content;
}

std::vector<RepeatedItem> repeated_items(apdu::FilePlace place, Json const& members,
                                         std::string const& where, apdu::TextProfile profile,
                                         Findings& findings) {
    std::vector<RepeatedItem> repeated;
    if (!members.is_object()) {
        return repeated; // file_content() tells
    }
    for (apdu::Item const& item : place.file->items) {
        auto const given = members.find(item.name);
        if (given == members.end() ||
            !is_made_by_structure(place.directory->directory, place.file->fid, item.tag)) {
            continue;
        }
        std::string const item_where = below(where, item.name);
        repeated.push_back(
            {item_where, item.tag, item_value(item, *given, item_where, profile, findings)});
    }
    return repeated;
}

} // namespace personalization
