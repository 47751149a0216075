#include "host/virtual/person_items.hpp"

#include "host/virtual/base64.hpp"
#include "host/virtual/blank_structure.hpp"
#include "host/virtual/item_json.hpp"

#include "apdu/name_items.hpp"
#include "apdu/record.hpp"

namespace virtual_card {
namespace {

using nlohmann::json;

constexpr std::string_view name_item = "name";
constexpr std::string_view name_extension_item = "name_extension";

/// One file of the record and where it goes.
struct FileWork {
    apdu::ElementaryFile const& file;
    StoredFile& stored;
    std::string where;
    FaultList& faults;
};

bool has_item(apdu::ElementaryFile const& file, std::string_view name) {
    for (apdu::Item const& item : file.items) {
        if (item.name == name) {
            return true;
        }
    }
    return false;
}

/// A name that its item cannot hold goes on in the extension.
json with_split_name(json members, FileWork& work) {
    auto const name = members.find(name_item);
    bool const may_split = name != members.end() && name->is_string() &&
                           has_item(work.file, name_extension_item) &&
                           !members.contains(name_extension_item);
    if (!may_split) {
        return members;
    }
    std::string const whole = name->get<std::string>();
    auto const parts = apdu::split_name(whole, apdu::TextProfile::gbk);
    if (parts.ok() && !parts.value().extension.empty()) {
        *name = std::string{parts.value().name};
        members[std::string{name_extension_item}] = std::string{parts.value().extension};
    }
    return members;
}

void write_occurrences(apdu::Item const& item, json const& given, std::size_t first_record,
                       FileWork& work) {
    std::string const where = work.where + "/" + std::string{item.name};
    auto const write = [&](std::size_t occurrence, json const& value, std::string const& at) {
        Bytes const bytes = item_value(item, value, at, work.faults);
        Bytes& record = work.stored.records[first_record + occurrence];
        apdu::copy_bytes(bytes, apdu::ByteSpan{record}.subspan(apdu::record_head_size));
    };
    if (!given.is_array()) {
        write(0, given, where);
        return;
    }
    if (given.size() > item.occurrences) {
        work.faults.add(where, "the file holds " + std::to_string(item.occurrences));
        return;
    }
    for (std::size_t i = 0; i < given.size(); ++i) {
        write(i, given[i], where + "/" + std::to_string(i));
    }
}

void write_records(json const& members, FileWork& work) {
    if (!members.is_object()) {
        work.faults.add(work.where, "an object of items is wanted");
        return;
    }
    refuse_unknown(members, work.file.items, work.where, work.faults);
    json const split = with_split_name(members, work);
    std::size_t record = 0;
    for (apdu::Item const& item : work.file.items) {
        auto const given = split.find(item.name);
        if (given != split.end()) {
            write_occurrences(item, *given, record, work);
        }
        record += item.occurrences;
    }
}

/// Newest first, in front of the records that the file has.
void write_cycle(json const& records, FileWork& work) {
    if (!records.is_array() || records.size() > work.file.records) {
        work.faults.add(work.where, "an array is wanted, of at most " +
                                        std::to_string(work.file.records) + " records");
        return;
    }
    std::vector<Bytes> cycle;
    for (std::size_t i = 0; i < records.size(); ++i) {
        std::string const where = work.where + "/" + std::to_string(i);
        if (!records[i].is_object()) {
            work.faults.add(where, "an object of fields is wanted");
            continue;
        }
        refuse_unknown(records[i], work.file.items, where, work.faults);
        Bytes record;
        for (apdu::Item const& field : work.file.items) {
            json const given = records[i].value(std::string{field.name}, json(""));
            Bytes const value =
                item_value(field, given, where + "/" + std::string{field.name}, work.faults);
            record.insert(record.end(), value.begin(), value.end());
        }
        cycle.push_back(std::move(record));
    }
    auto& stored = work.stored.records;
    stored.insert(stored.begin(), cycle.begin(), cycle.end());
    if (stored.size() > work.file.records) {
        stored.resize(work.file.records);
    }
}

void write_binary(json const& text, FileWork& work) {
    auto const bytes = text.is_string() ? bytes_from_base64(text.get<std::string>()) : std::nullopt;
    if (!bytes || bytes->size() > work.stored.content.size()) {
        work.faults.add(work.where, "base64 of at most " +
                                        std::to_string(work.stored.content.size()) +
                                        " bytes is wanted");
        return;
    }
    apdu::copy_bytes(*bytes, work.stored.content);
}

void write_file(json const& content, FileWork& work) {
    switch (work.file.type) {
    case apdu::FileType::transparent:
        return write_binary(content, work);
    case apdu::FileType::cyclic:
        return write_cycle(content, work);
    case apdu::FileType::variable_records:
    case apdu::FileType::fixed_records:
        return write_records(content, work);
    }
}

} // namespace

std::vector<std::string> write_person(CardMemory& memory, apdu::CardLayout const& layout,
                                      std::string_view text) {
    FaultList faults;
    json const person = json::parse(text, nullptr, false);
    if (!person.is_object()) {
        faults.add("person", "a JSON object {file: {item: value}} is wanted");
        return faults.faults;
    }
    for (auto const& member : person.items()) {
        auto const place = apdu::find_file(layout, member.key());
        std::string const where = "/" + member.key();
        if (!place || place->file->is_internal) {
            faults.add(where, "no such file");
            continue;
        }
        StoredDirectory& directory =
            memory.directories[index_of(layout, place->directory->directory)];
        auto const file = find_file_by_fid(directory, place->file->fid);
        apdu::require(file.has_value());
        FileWork work{*place->file, directory.files[*file], where, faults};
        write_file(member.value(), work);
    }
    return faults.faults;
}

} // namespace virtual_card
