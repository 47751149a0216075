#include "host/personalization/read_back.hpp"

#include "host/personalization/file_reads.hpp"

#include "apdu/record.hpp"
#include "apdu/require.hpp"

#include <algorithm>

namespace personalization {
namespace {

using apdu::Done;
using apdu::FileType;
using session::Fault;
using session::FaultCode;
using session::Outcome;

std::string path_text(apdu::FilePlace place) { return std::string{apdu::path_of(place).view()}; }

Fault differs(apdu::FilePlace place, std::string_view what) {
    return {.code = FaultCode::verification_failed,
            .detail = std::string{what} + " (" + path_text(place) + ")"};
}

std::string_view item_name(apdu::ElementaryFile const& file, std::uint8_t tag) {
    auto const found = std::find_if(file.items.begin(), file.items.end(),
                                    [tag](auto const& item) { return item.tag == tag; });
    return found == file.items.end() ? file.name : found->name;
}

/// The records of a record file as the card gave them, heads included.
std::vector<apdu::ByteView> records_of(apdu::ByteView bytes) {
    std::vector<apdu::ByteView> records;
    apdu::RecordReader reader{bytes};
    while (!reader.at_end()) {
        auto const record = reader.next();
        if (!record.ok()) {
            break;
        }
        records.push_back(bytes.first(record.value().size()));
        bytes = bytes.subspan(record.value().size());
    }
    return records;
}

std::vector<apdu::ByteView> cyclic_records_of(apdu::ByteView bytes, std::size_t record_size) {
    std::vector<apdu::ByteView> records;
    while (bytes.size() >= record_size) {
        records.push_back(bytes.first(record_size));
        bytes = bytes.subspan(record_size);
    }
    return records;
}

Fault record_differs(apdu::FilePlace place, RecordContent const& written) {
    return differs(place, place.file->type == FileType::cyclic
                              ? "record " + std::to_string(written.number)
                              : std::string{item_name(*place.file, written.tag)});
}

Outcome<Done> compare_together(ReadBack const& step, apdu::FilePlace place,
                               session::FileCommands& files) {
    auto const bytes = files.read_records(place);
    if (!bytes.ok()) {
        return bytes.error();
    }
    auto const found = place.file->type == FileType::cyclic
                           ? cyclic_records_of(bytes.value(), place.file->size)
                           : records_of(bytes.value());
    for (RecordContent const& written : step.records) {
        bool const is_there = written.number >= 1 && written.number <= found.size();
        if (!is_there || !apdu::equal_bytes(found[written.number - 1U], written.bytes)) {
            return record_differs(place, written);
        }
    }
    return Done{};
}

Outcome<Done> compare_singly(ReadBack const& step, apdu::FilePlace place,
                             session::FileCommands& files) {
    for (RecordContent const& written : step.records) {
        auto const bytes = files.read_record(place, written.number);
        if (!bytes.ok()) {
            return bytes.error();
        }
        if (bytes.value() != written.bytes) {
            return record_differs(place, written);
        }
    }
    return Done{};
}

Outcome<Done> compare_binary(ReadBack const& step, apdu::FilePlace place,
                             session::FileCommands& files) {
    apdu::ElementaryFile written_part = *place.file; // the rest of the file was not written
    written_part.size = static_cast<std::uint16_t>(step.binary.size());
    auto const bytes = files.read_binary({place.directory, &written_part});
    if (!bytes.ok()) {
        return bytes.error();
    }
    return bytes.value() == step.binary ? Outcome<Done>{Done{}} : differs(place, place.file->name);
}

} // namespace

Outcome<Done> perform(ReadBack const& step, StepSubject const& subject,
                      session::FileCommands& files) {
    apdu::require(subject.file.has_value());
    apdu::FilePlace const place = *subject.file;
    if (place.file->type == FileType::transparent) {
        return compare_binary(step, place, files);
    }
    return are_read_singly(step.records.size(), *place.file) ? compare_singly(step, place, files)
                                                             : compare_together(step, place, files);
}

Outcome<Done> perform(ExpectUnpersonalized const& /*step*/, StepSubject const& subject,
                      session::FileCommands& files) {
    apdu::require(subject.file.has_value());
    auto const bytes = files.read_records(*subject.file);
    if (!bytes.ok()) {
        return bytes.error();
    }
    std::vector<std::uint8_t> tags;
    for (apdu::Item const& item : subject.file->file->items) {
        tags.push_back(item.tag);
    }
    if (auto const tag = first_personalized(bytes.value(), tags)) {
        // What is in the issuer's file was looked at before, and is nobody's.
        return Fault{.code = FaultCode::half_made,
                     .detail = std::string{item_name(*subject.file->file, *tag)} + " (" +
                               path_text(*subject.file) + ")"};
    }
    return Done{};
}

std::optional<std::uint8_t> first_personalized(apdu::ByteView records,
                                               std::span<std::uint8_t const> tags) {
    for (apdu::ByteView const record : records_of(records)) {
        bool const is_asked_for = std::find(tags.begin(), tags.end(), record[0]) != tags.end();
        apdu::ByteView const value = record.subspan(apdu::record_head_size);
        bool const is_blank = std::all_of(value.begin(), value.end(), [](std::uint8_t byte) {
            return byte == 0x00 || byte == 0xFF;
        });
        if (is_asked_for && !is_blank) {
            return record[0];
        }
    }
    return std::nullopt;
}

} // namespace personalization
