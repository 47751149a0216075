#include "host/virtual/commands.hpp"
#include "host/virtual/secure_messaging.hpp"
#include "host/virtual/selection.hpp"

#include <algorithm>

namespace virtual_card {
namespace {

struct BinaryTarget {
    FileIndex place;
    std::size_t offset;
};

apdu::Result<BinaryTarget, apdu::StatusWord> target_of(Card& card, std::uint8_t sfi,
                                                       std::size_t offset, Operation operation) {
    auto const place = choose_file(card, sfi);
    if (!place.ok()) {
        return place.error();
    }
    StoredFile const& file = file_at(card.memory(), place.value());
    if (file.kind != FileKind::transparent) {
        return apdu::sw::incompatible_file;
    }
    if (!may(card.memory(), card.security(), place.value(), operation)) {
        return apdu::sw::security_status;
    }
    if (offset >= file.content.size()) {
        return apdu::sw::wrong_offset;
    }
    return BinaryTarget{place.value(), offset};
}

} // namespace

Answer read_binary(Card& card, CardCommand const& command) {
    bool const has_sfi = (command.p1 & 0x80U) != 0;
    if (has_sfi && (command.p1 & 0x60U) != 0) {
        return apdu::sw::wrong_p1_p2;
    }
    std::uint8_t const sfi = has_sfi ? command.p1 & 0x1FU : 0;
    std::size_t const offset =
        has_sfi ? command.p2 : (static_cast<std::size_t>(command.p1) << 8U) | command.p2;
    auto const target = target_of(card, sfi, offset, Operation::read);
    if (!target.ok()) {
        return target.error();
    }
    auto const [place, at] = target.value();
    Bytes const& content = file_at(card.memory(), place).content;
    std::size_t const size = std::min({command.ne, content.size() - at, response_size_max});
    auto const first = content.begin() + static_cast<std::ptrdiff_t>(at);
    return Bytes{first, first + static_cast<std::ptrdiff_t>(size)};
}

Answer update_binary(Card& card, CardCommand const& command) {
    auto const data = data_of_update(card, command);
    if (!data.ok()) {
        return data.error();
    }
    if (data.value().empty()) {
        return apdu::sw::wrong_length;
    }
    // P1 P2 are an offset only: the command list gives UPDATE BINARY no SFI. card.md §4.1.
    std::size_t const offset = (static_cast<std::size_t>(command.p1) << 8U) | command.p2;
    auto const target = target_of(card, 0, offset, Operation::write);
    if (!target.ok()) {
        return target.error();
    }
    auto const [place, at] = target.value();
    if (data.value().size() > file_at(card.memory(), place).content.size() - at) {
        return apdu::sw::no_space;
    }
    Bytes& content = card.change().directories[place.directory].files[place.file].content;
    std::copy(data.value().begin(), data.value().end(),
              content.begin() + static_cast<std::ptrdiff_t>(at));
    return apdu::sw::success;
}

} // namespace virtual_card
