#include "host/session/file_commands.hpp"

#include <algorithm>
#include <array>

namespace session {
namespace {

using apdu::Cla;
using apdu::Command;
using apdu::ElementaryFile;
using apdu::Ins;

constexpr std::uint8_t ef_below_current = 0x02; ///< P1 of SELECT
/// Pieces in which transparent files are written. cos-t514.md §4.
constexpr std::size_t update_piece_size = 0x80;

Command binary_command(Ins ins, std::size_t offset) {
    apdu::require(offset <= 0x7FFF);
    return Command{Cla::interindustry, ins, static_cast<std::uint8_t>(offset >> 8U),
                   static_cast<std::uint8_t>(offset)};
}

} // namespace

Outcome<FileCommands::Reply> FileCommands::send(Command const& command) {
    auto answer = channel_->send(command);
    if (!answer.ok()) {
        return answer.error();
    }
    return Reply{std::move(answer.value().data), answer.value().status, command.ins()};
}

Outcome<FileCommands::Reply> FileCommands::select(ElementaryFile const& file) {
    if (selected_ == file.fid) {
        return Reply{{}, apdu::sw::success, Ins::select};
    }
    selected_.reset();
    auto const fid = std::to_array(
        {static_cast<std::uint8_t>(file.fid >> 8U), static_cast<std::uint8_t>(file.fid)});
    Command const command{Cla::interindustry, Ins::select, ef_below_current, 0x00};
    auto reply = send(command.with_data(fid));
    if (reply.ok() && reply.value().status.is_success()) {
        selected_ = file.fid;
    }
    return reply;
}

Outcome<std::vector<std::uint8_t>> FileCommands::read_binary(apdu::FilePlace place) {
    std::string const path{apdu::path_of(place).view()};
    auto const selected = select(*place.file);
    if (!selected.ok()) {
        return selected.error();
    }
    if (!selected.value().status.is_success()) {
        return fault_of(selected.value().status, Ins::select, path);
    }
    std::vector<std::uint8_t> content;
    while (content.size() < place.file->size) {
        std::size_t const left = place.file->size - content.size();
        std::size_t const piece = std::min(left, apdu::short_ne_max);
        auto const reply = send(binary_command(Ins::read_binary, content.size()).expecting(piece));
        if (!reply.ok()) {
            return reply.error();
        }
        auto const& [data, status, ins] = reply.value();
        bool const is_behind_end = status == apdu::sw::wrong_offset && !content.empty();
        if (!status.is_success() && !is_behind_end) {
            return fault_of(status, ins, path);
        }
        content.insert(content.end(), data.begin(), data.end());
        if (data.size() < piece) {
            break; // the card's file is shorter than the table's
        }
    }
    return content;
}

Outcome<apdu::Done> FileCommands::update_binary(apdu::FilePlace place, apdu::ByteView content) {
    std::string const path{apdu::path_of(place).view()};
    auto const selected = select(*place.file);
    if (!selected.ok()) {
        return selected.error();
    }
    if (!selected.value().status.is_success()) {
        return fault_of(selected.value().status, Ins::select, path);
    }
    for (std::size_t at = 0; at < content.size(); at += update_piece_size) {
        auto const piece = content.subspan(at, std::min(update_piece_size, content.size() - at));
        auto const reply = send(binary_command(Ins::update_binary, at).with_data(piece));
        if (!reply.ok()) {
            return reply.error();
        }
        if (!reply.value().status.is_success()) {
            return fault_of(reply.value().status, reply.value().ins, path);
        }
    }
    return apdu::Done{};
}

} // namespace session
