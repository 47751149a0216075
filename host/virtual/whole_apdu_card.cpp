#include "host/virtual/whole_apdu_card.hpp"

#include "host/virtual/t0_card.hpp"

#include <algorithm>

namespace virtual_card {
namespace {

constexpr std::size_t whole_header_size = 4;
constexpr std::size_t whole_length_at = 4;
constexpr std::size_t whole_data_at = 5;
constexpr std::size_t whole_ne_max = 256;
constexpr std::uint8_t whole_sw1_exact = 0x6C;

std::size_t whole_length_of(std::uint8_t byte) { return byte == 0 ? whole_ne_max : byte; }

/// The short APDU in those bytes, cases 1 to 4.
std::optional<CardCommand> parse_whole(apdu::ByteView bytes) {
    if (bytes.size() < whole_header_size) {
        return std::nullopt;
    }
    CardCommand command{apdu::Cla{bytes[0]}, static_cast<apdu::Ins>(bytes[1]), bytes[2], bytes[3]};
    if (bytes.size() == whole_header_size) {
        return command;
    }
    if (bytes.size() == whole_data_at) {
        command.ne = whole_length_of(bytes[whole_length_at]);
        return command;
    }
    std::size_t const nc = bytes[whole_length_at];
    if (nc == 0 || bytes.size() < whole_data_at + nc || bytes.size() > whole_data_at + nc + 1) {
        return std::nullopt;
    }
    command.data = bytes.subspan(whole_data_at, nc);
    command.ne = bytes.size() > whole_data_at + nc ? whole_length_of(bytes.back()) : 0;
    return command;
}

} // namespace

Bytes WholeApduCard::exchange(apdu::ByteView command) {
    auto parsed = parse_whole(command);
    if (!parsed) {
        return response_of({}, apdu::sw::wrong_length);
    }
    auto answer = card_.execute(*parsed);
    if (answer && parsed->ne == whole_ne_max && answer->status.sw1() == whole_sw1_exact) {
        parsed->ne = whole_length_of(answer->status.sw2()); // nothing has happened until now
        answer = card_.execute(*parsed);
    }
    if (!answer) {
        return {};
    }
    std::size_t const size = std::min(answer->data.size(), parsed->ne);
    return response_of(apdu::ByteView{answer->data}.first(size), answer->status);
}

} // namespace virtual_card
