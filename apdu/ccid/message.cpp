#include "apdu/ccid/message.hpp"

#include "apdu/little_endian.hpp"

namespace apdu::ccid {
namespace {

constexpr std::size_t sequence_at = 6;
constexpr std::size_t status_at = 7;
constexpr std::size_t error_at = 8;
constexpr std::size_t answer_specific_at = 9;
constexpr std::uint8_t icc_mask = 0x03;
constexpr unsigned status_shift = 6;

std::uint32_t length_of(ByteView message) { return get_32(message.subspan(length_at)); }

/// The data of a whole message.
Result<ByteView> data_of(ByteView message) {
    if (message.size() < header_size) {
        return Error::truncated;
    }
    auto const size = message_size(message);
    if (!size.ok()) {
        return size.error();
    }
    if (message.size() != size.value()) {
        return message.size() < size.value() ? Error::truncated : Error::trailing_bytes;
    }
    return message.subspan(header_size);
}

void write_header(std::uint8_t type, std::uint8_t slot, std::uint8_t sequence, ByteView data,
                  ByteSpan out) {
    require(data.size() <= data_size_max);
    out[0] = type;
    put_32(static_cast<std::uint32_t>(data.size()), out.subspan(length_at));
    out[slot_at] = slot;
    out[sequence_at] = sequence;
    copy_bytes(data, out.subspan(header_size));
}

} // namespace

AnswerType answer_type_of(std::uint8_t command_type) {
    switch (static_cast<CommandType>(command_type)) {
    case CommandType::icc_power_on:
    case CommandType::xfr_block:
    case CommandType::secure:
        return AnswerType::data_block;
    case CommandType::set_parameters:
    case CommandType::get_parameters:
    case CommandType::reset_parameters:
        return AnswerType::parameters;
    case CommandType::escape:
        return AnswerType::escape;
    case CommandType::set_data_rate_and_clock:
        return AnswerType::data_rate_and_clock;
    case CommandType::icc_power_off:
    case CommandType::get_slot_status:
    case CommandType::t0_apdu:
    case CommandType::icc_clock:
    case CommandType::mechanical:
    case CommandType::abort:
        break;
    }
    return AnswerType::slot_status;
}

Result<std::size_t> message_size(ByteView beginning) {
    std::uint32_t const length = length_of(beginning);
    return length > data_size_max ? Result<std::size_t>{Error::too_long}
                                  : Result<std::size_t>{header_size + length};
}

Result<Command> parse_command(ByteView message) {
    auto const data = data_of(message);
    if (!data.ok()) {
        return data.error();
    }
    return Command{
        .type = message[0],
        .slot = message[slot_at],
        .sequence = message[sequence_at],
        .specific = {message[specific_at], message[specific_at + 1U], message[specific_at + 2U]},
        .data = data.value()};
}

Result<Answer> parse_answer(ByteView message) {
    auto const data = data_of(message);
    if (!data.ok()) {
        return data.error();
    }
    bool const is_type = message[0] >= static_cast<std::uint8_t>(AnswerType::data_block) &&
                         message[0] <= static_cast<std::uint8_t>(AnswerType::data_rate_and_clock);
    unsigned const icc = message[status_at] & icc_mask;
    unsigned const status = message[status_at] >> status_shift;
    if (!is_type || icc > static_cast<unsigned>(IccStatus::absent) ||
        status > static_cast<unsigned>(CommandStatus::time_extension)) {
        return Error::malformed;
    }
    return Answer{.type = static_cast<AnswerType>(message[0]),
                  .slot = message[slot_at],
                  .sequence = message[sequence_at],
                  .icc = static_cast<IccStatus>(icc),
                  .status = static_cast<CommandStatus>(status),
                  .error = message[error_at],
                  .specific = message[answer_specific_at],
                  .data = data.value()};
}

std::size_t encode(Answer const& answer, std::span<std::uint8_t, message_size_max> out) {
    write_header(static_cast<std::uint8_t>(answer.type), answer.slot, answer.sequence, answer.data,
                 out);
    out[status_at] = static_cast<std::uint8_t>(
        static_cast<unsigned>(answer.icc) | (static_cast<unsigned>(answer.status) << status_shift));
    out[error_at] = answer.error;
    out[answer_specific_at] = answer.specific;
    return header_size + answer.data.size();
}

std::size_t encode(Command const& command, std::span<std::uint8_t, message_size_max> out) {
    write_header(command.type, command.slot, command.sequence, command.data, out);
    copy_bytes(command.specific, out.subspan(specific_at));
    return header_size + command.data.size();
}

} // namespace apdu::ccid
