#include "host/virtual/t0_card.hpp"

#include "host/virtual/command_table.hpp"

#include <algorithm>

namespace virtual_card {
namespace {

constexpr std::size_t t0_header_size = 4;
constexpr std::size_t p3_at = 4;
constexpr std::size_t data_at = 5;
constexpr std::size_t ne_max = 256;
constexpr std::uint8_t sw1_waiting = 0x61;
constexpr std::uint8_t sw1_exact = 0x6C;

apdu::StatusWord with_length(std::uint8_t sw1, std::size_t length) {
    return apdu::StatusWord{sw1, static_cast<std::uint8_t>(std::min(length, ne_max))};
}

std::size_t ne_of(std::uint8_t p3) { return p3 == 0 ? ne_max : p3; }

/// The data field, when P3 counts it and no more than an Le follows.
std::optional<apdu::ByteView> data_of(apdu::ByteView command) {
    if (command.size() <= data_at) {
        bool const is_empty = command.size() == t0_header_size || command[p3_at] == 0;
        return is_empty ? std::optional<apdu::ByteView>{apdu::ByteView{}} : std::nullopt;
    }
    std::size_t const nc = command[p3_at];
    bool const fits = command.size() == data_at + nc || command.size() == data_at + nc + 1;
    if (nc == 0 || !fits) {
        return std::nullopt;
    }
    return command.subspan(data_at, nc);
}

} // namespace

Bytes response_of(apdu::ByteView data, apdu::StatusWord status) {
    Bytes bytes{data.begin(), data.end()};
    bytes.push_back(status.sw1());
    bytes.push_back(status.sw2());
    return bytes;
}

void T0Card::reset() {
    waiting_.clear();
    card_.reset();
}

Bytes T0Card::exchange(apdu::ByteView command) {
    if (command.size() < t0_header_size) {
        return response_of({}, apdu::sw::wrong_length);
    }
    auto const ins = static_cast<apdu::Ins>(command[1]);
    if (ins == apdu::Ins::get_response && command[0] == 0x00) {
        return get_response(command);
    }
    waiting_.clear();
    CardCommand parsed{apdu::Cla{command[0]}, ins, command[2], command[3]};
    auto const [row, refusal] = look_up(command[0], ins, command[2]);
    if (row == nullptr) {
        return answer_of(card_.execute(parsed), DataFlow::to_card);
    }
    if (row->flow == DataFlow::from_card) {
        if (command.size() > data_at) {
            return response_of({}, apdu::sw::wrong_length);
        }
        parsed.ne = ne_of(command.size() == data_at ? command[p3_at] : 0);
    } else {
        auto const data = data_of(command);
        if (!data) {
            return response_of({}, apdu::sw::wrong_length);
        }
        parsed.data = *data;
    }
    return answer_of(card_.execute(parsed), row->flow);
}

bool T0Card::takes_data(apdu::ByteView header) const {
    auto const* const row = look_up(header[0], static_cast<apdu::Ins>(header[1]), header[2]).row;
    return row != nullptr && row->flow != DataFlow::from_card;
}

Bytes T0Card::answer_of(std::optional<Answer> answer, DataFlow flow) {
    if (!answer) {
        return {};
    }
    if (flow != DataFlow::both || answer->data.empty()) {
        return response_of(answer->data, answer->status);
    }
    waiting_ = std::move(answer->data);
    return response_of({}, with_length(sw1_waiting, waiting_.size()));
}

Bytes T0Card::get_response(apdu::ByteView command) {
    if (command[2] != 0x00 || command[3] != 0x00) {
        return response_of({}, apdu::sw::wrong_p1_p2);
    }
    if (command.size() > data_at) {
        return response_of({}, apdu::sw::wrong_length);
    }
    if (waiting_.empty()) {
        return response_of({}, apdu::sw::conditions_not_satisfied);
    }
    std::size_t const ne = ne_of(command.size() == data_at ? command[p3_at] : 0);
    if (ne > waiting_.size()) {
        return response_of({}, with_length(sw1_exact, waiting_.size()));
    }
    Bytes const data = std::exchange(waiting_, {});
    apdu::ByteView const all{data};
    auto const rest = all.subspan(ne);
    waiting_.assign(rest.begin(), rest.end());
    return response_of(all.first(ne),
                       rest.empty() ? apdu::sw::success : with_length(sw1_waiting, rest.size()));
}

} // namespace virtual_card
