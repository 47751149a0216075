// How FileCommands reads records: whole files, or record by record.
#include "host/session/file_commands.hpp"

#include "host/session/record_extent.hpp"
#include "host/session/record_reference.hpp"

#include "apdu/record.hpp"

namespace session {
namespace {

using apdu::Cla;
using apdu::Command;
using apdu::ElementaryFile;
using apdu::FileType;
using apdu::Ins;
using enum RecordAddressing;

Fault malformed_records(Ins ins) { return Fault{.code = FaultCode::answer_malformed, .ins = ins}; }

Command read_record_command(std::size_t p1, RecordReference reference, std::size_t ne) {
    apdu::require(p1 <= 0xFF);
    Command const command{Cla::interindustry, Ins::read_record, static_cast<std::uint8_t>(p1),
                          static_cast<std::uint8_t>(reference)};
    return command.expecting(ne);
}

} // namespace

Outcome<FileCommands::Reply> FileCommands::read_all(ElementaryFile const& file,
                                                    RecordAddressing addressing) {
    if (addressing != by_identifier) {
        return read_to_last(file, addressing);
    }
    return file.type == FileType::cyclic ? read_each_number(file) : read_each_identifier(file);
}

/// "From P1 to last", again from where an answer of 256 bytes had to end.
Outcome<FileCommands::Reply> FileCommands::read_to_last(ElementaryFile const& file,
                                                        RecordAddressing addressing) {
    Reply all{{}, apdu::sw::success, Ins::read_record};
    for (std::size_t number = 1; number <= record_number_max;) {
        ExpectedRecords const expected = expected_from(file, number);
        auto reply = record_command(
            file, addressing,
            read_record_command(number, RecordReference::number_to_last, expected.size));
        if (!reply.ok()) {
            return reply;
        }
        auto const& [data, status, ins] = reply.value();
        if (status == apdu::sw::record_not_found) {
            return all;
        }
        if (!status.is_success()) {
            return reply;
        }
        RecordExtent const extent = extent_of(file, data);
        bool const is_cut = extent.size != data.size();
        if (extent.count == 0 || (is_cut && data.size() != apdu::short_ne_max)) {
            return malformed_records(ins);
        }
        all.data.insert(all.data.end(), data.begin(),
                        data.begin() + static_cast<std::ptrdiff_t>(extent.size));
        number += extent.count;
        bool const is_short_cycle = file.type == FileType::cyclic && data.size() < expected.size;
        bool const is_rest = expected.are_all_the_rest && !is_cut && data.size() <= expected.size;
        if (is_rest || is_short_cycle) {
            break;
        }
    }
    return all;
}

/// A cyclic file of a card that knows no "to last".
Outcome<FileCommands::Reply> FileCommands::read_each_number(ElementaryFile const& file) {
    Reply all{{}, apdu::sw::success, Ins::read_record};
    for (std::size_t number = 1; number <= record_number_max; ++number) {
        auto reply = read_one(file, static_cast<std::uint8_t>(number), by_selection);
        if (!reply.ok()) {
            return reply;
        }
        auto const& [data, status, ins] = reply.value();
        if (status == apdu::sw::record_not_found) {
            break;
        }
        if (!status.is_success()) {
            return reply;
        }
        if (data.size() != file.size) {
            return malformed_records(ins);
        }
        all.data.insert(all.data.end(), data.begin(), data.end());
    }
    return all;
}

/// Every item of the table that the card has.
Outcome<FileCommands::Reply> FileCommands::read_each_identifier(ElementaryFile const& file) {
    Reply all{{}, apdu::sw::success, Ins::read_record};
    for (apdu::Item const& item : file.items) {
        for (std::size_t occurrence = 1; occurrence <= item.occurrences; ++occurrence) {
            auto reply =
                read_identified(file, item.tag, occurrence, apdu::record_head_size + item.size);
            if (!reply.ok()) {
                return reply;
            }
            auto const& [data, status, ins] = reply.value();
            if (status == apdu::sw::record_not_found) {
                break;
            }
            if (!status.is_success()) {
                return reply;
            }
            auto const record = apdu::parse_record(data);
            if (!record.ok() || record.value().tag != item.tag) {
                return malformed_records(ins);
            }
            all.data.insert(all.data.end(), data.begin(), data.end());
        }
    }
    return all;
}

Outcome<FileCommands::Reply> FileCommands::read_identified(ElementaryFile const& file,
                                                           std::uint8_t tag, std::size_t occurrence,
                                                           std::size_t ne) {
    RecordReference const reference = occurrence == 1 ? RecordReference::first_with_identifier
                                                      : RecordReference::next_with_identifier;
    return record_command(file, by_identifier, read_record_command(tag, reference, ne));
}

Outcome<FileCommands::Reply> FileCommands::read_one(ElementaryFile const& file, std::uint8_t number,
                                                    RecordAddressing addressing) {
    auto const numbered =
        file.type == FileType::cyclic ? std::nullopt : item_of_record(file, number);
    std::size_t const ne = record_size_of(file, number);
    if (addressing != by_identifier || !numbered.has_value()) {
        return record_command(file, addressing == by_sfi ? by_sfi : by_selection,
                              read_record_command(number, RecordReference::number, ne));
    }
    for (std::size_t occurrence = 1;; ++occurrence) {
        auto reply = read_identified(file, numbered->item->tag, occurrence, ne);
        bool const is_last = occurrence == numbered->occurrence;
        if (is_last || !reply.ok() || !reply.value().status.is_success()) {
            return reply;
        }
    }
}

} // namespace session
