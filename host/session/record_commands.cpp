// The commands of FileCommands on record files, whatever way the card lets them be addressed.
#include "host/session/file_commands.hpp"

#include "host/session/record_extent.hpp"
#include "host/session/record_reference.hpp"

#include "apdu/record.hpp"

#include <algorithm>
#include <array>

namespace session {
namespace {

using apdu::Cla;
using apdu::Command;
using apdu::ElementaryFile;
using apdu::FileType;
using apdu::Ins;
using enum RecordAddressing;

constexpr auto reading_ladder = std::to_array({by_sfi, by_selection, by_identifier});
constexpr auto writing_ladder = std::to_array({by_sfi, by_selection});

/// True when the card may only mean that it does not know this way of addressing.
bool may_refuse_addressing(apdu::StatusWord status) {
    constexpr auto refusals = std::to_array<apdu::StatusWord>({
        apdu::sw::wrong_length,
        apdu::sw::incompatible_file,
        apdu::sw::no_current_ef,
        apdu::sw::function_not_supported,
        apdu::sw::file_not_found,
        apdu::sw::wrong_p1_p2,
        apdu::sw::wrong_offset,
        apdu::sw::unknown_ins,
    });
    return std::find(refusals.begin(), refusals.end(), status) != refusals.end();
}

Fault malformed(Ins ins) { return Fault{.code = FaultCode::answer_malformed, .ins = ins}; }

/// `reply`'s data, or why there are none.
template <typename Reply>
Outcome<std::vector<std::uint8_t>> data_of(Outcome<Reply> reply, apdu::FilePlace place) {
    if (!reply.ok()) {
        Fault fault = reply.error();
        if (fault.detail.empty()) {
            fault.detail = apdu::path_of(place).view();
        }
        return fault;
    }
    if (!reply.value().status.is_success()) {
        return fault_of(reply.value().status, reply.value().ins,
                        std::string{apdu::path_of(place).view()});
    }
    return std::move(reply.value().data);
}

} // namespace

/// Tries the ways of `ladder` until one convinces, and learns it; what the card refuses for another
/// reason than the way ends the search.
template <typename Attempt, typename Convincing>
Outcome<FileCommands::Reply> FileCommands::by_ladder(std::optional<RecordAddressing>& learned,
                                                     std::span<RecordAddressing const> ladder,
                                                     Attempt const& attempt,
                                                     Convincing const& is_convincing) {
    if (learned.has_value()) {
        return attempt(*learned);
    }
    std::optional<Reply> best;
    for (RecordAddressing const addressing : ladder) {
        Outcome<Reply> reply = attempt(addressing);
        if (!reply.ok()) {
            return reply;
        }
        bool const is_success = reply.value().status.is_success();
        if (is_success && is_convincing(reply.value())) {
            learned = addressing;
            return reply;
        }
        if (!is_success && !may_refuse_addressing(reply.value().status)) {
            return best.has_value() ? *std::move(best) : std::move(reply).value();
        }
        if (is_success || !best.has_value() || !best->status.is_success()) {
            best = std::move(reply).value();
        }
    }
    return *std::move(best);
}

Outcome<std::vector<std::uint8_t>> FileCommands::read_records(apdu::FilePlace place) {
    ElementaryFile const& file = *place.file;
    apdu::require(file.type != FileType::transparent);
    // A card that takes "from P1 to last" for "record P1" answers one record where there are more.
    auto const is_whole = [&](Reply const& reply) {
        return file.type == FileType::cyclic || apdu::record_count(file) < 2 ||
               extent_of(file, reply.data).count >= 2;
    };
    auto const attempt = [&](RecordAddressing addressing) { return read_all(file, addressing); };
    return data_of(by_ladder(reading_, reading_ladder, attempt, is_whole), place);
}

Outcome<std::vector<std::uint8_t>> FileCommands::read_record(apdu::FilePlace place,
                                                             std::uint8_t number) {
    ElementaryFile const& file = *place.file;
    apdu::require(file.type != FileType::transparent && number >= 1);
    auto reply = by_ladder(
        reading_, reading_ladder,
        [&](RecordAddressing addressing) { return read_one(file, number, addressing); },
        [](Reply const&) { return true; });
    bool const has_head = file.type != FileType::cyclic;
    if (has_head && reply.ok() && reply.value().status.is_success() &&
        !apdu::parse_record(reply.value().data).ok()) {
        return malformed(Ins::read_record);
    }
    return data_of(std::move(reply), place);
}

/// Sends `command`, whose P2 has the reference only, in the way of `addressing`.
Outcome<FileCommands::Reply> FileCommands::record_command(ElementaryFile const& file,
                                                          RecordAddressing addressing,
                                                          Command const& command) {
    if (addressing != by_sfi) {
        auto selected = select(file);
        if (!selected.ok() || !selected.value().status.is_success()) {
            return selected;
        }
        return send(command);
    }
    selected_.reset(); // the SFI makes its file the current one
    auto const p2 = static_cast<std::uint8_t>((file.sfi() << 3U) | command.p2());
    Command const with_sfi{command.cla(), command.ins(), command.p1(), p2};
    return send(with_sfi.with_data(command.data()).expecting(command.ne()));
}

Outcome<FileCommands::Reply> FileCommands::update(ElementaryFile const& file, std::uint8_t p1,
                                                  RecordReference reference,
                                                  apdu::ByteView record) {
    Command const header{Cla::interindustry, Ins::update_record, p1,
                         static_cast<std::uint8_t>(reference)};
    Command const command = header.with_data(record);
    bool const knows_sfi = !reading_.has_value() || *reading_ == by_sfi;
    std::span<RecordAddressing const> const ladder{writing_ladder};
    return by_ladder(
        writing_, knows_sfi ? ladder : ladder.subspan(1),
        [&](RecordAddressing addressing) { return record_command(file, addressing, command); },
        [](Reply const&) { return true; });
}

Outcome<apdu::Done> FileCommands::update_record(apdu::FilePlace place, std::uint8_t number,
                                                apdu::ByteView record) {
    apdu::require(place.file->type != FileType::transparent && number >= 1);
    auto const done = data_of(update(*place.file, number, RecordReference::number, record), place);
    if (!done.ok()) {
        return done.error();
    }
    return apdu::Done{};
}

Outcome<apdu::Done> FileCommands::append_record(apdu::FilePlace place, apdu::ByteView record) {
    apdu::require(place.file->type == FileType::cyclic);
    auto const done = data_of(update(*place.file, 0x00, RecordReference::previous, record), place);
    if (!done.ok()) {
        return done.error();
    }
    return apdu::Done{};
}

} // namespace session
