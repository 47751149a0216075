#pragma once

#include "apdu/bytes.hpp"
#include "apdu/result.hpp"

#include <array>

namespace apdu::ccid {

// Messages between a host and a chip card reader: CCID rev. 1.1 §6, as terminal.md §1 has it.

/// Bytes of a message's header, and of its data at most: what dwMaxCCIDMessageLength 271 leaves.
inline constexpr std::size_t header_size = 10;
inline constexpr std::size_t data_size_max = 261;
inline constexpr std::size_t message_size_max = header_size + data_size_max;

/// Offsets of a message's fields, which are also what an answer tells as the bad one (bError).
inline constexpr std::uint8_t length_at = 1;
inline constexpr std::uint8_t slot_at = 5;
inline constexpr std::uint8_t specific_at = 7;

/// What a host asks for; the values are bMessageType.
enum class CommandType : std::uint8_t {
    set_parameters = 0x61,
    icc_power_on = 0x62,
    icc_power_off = 0x63,
    get_slot_status = 0x65,
    secure = 0x69,
    t0_apdu = 0x6A,
    escape = 0x6B,
    get_parameters = 0x6C,
    reset_parameters = 0x6D,
    icc_clock = 0x6E,
    xfr_block = 0x6F,
    mechanical = 0x71,
    abort = 0x72,
    set_data_rate_and_clock = 0x73,
};

/// What a reader answers with; the values are bMessageType.
enum class AnswerType : std::uint8_t {
    data_block = 0x80,
    slot_status = 0x81,
    parameters = 0x82,
    escape = 0x83,
    data_rate_and_clock = 0x84,
};

/// A command; its data are borrowed.
struct Command {
    std::uint8_t type; ///< a CommandType, or one that no reader knows
    std::uint8_t slot = 0;
    std::uint8_t sequence = 0;
    std::array<std::uint8_t, 3> specific{};
    ByteView data{};

    [[nodiscard]] bool is(CommandType asked) const {
        return type == static_cast<std::uint8_t>(asked);
    }
};

/// Whether a card is in the slot and has power; the values are bmICCStatus.
enum class IccStatus : std::uint8_t { active, inactive, absent };

/// What became of a command; the values are bmCommandStatus.
enum class CommandStatus : std::uint8_t { processed, failed, time_extension };

/// Why a command failed, as bError; below 80 it is the offset of a field that is bad. §6.2.6.
namespace slot_error {
inline constexpr std::uint8_t not_supported = 0x00;
inline constexpr std::uint8_t busy = 0xE0;
inline constexpr std::uint8_t pin_cancelled = 0xEF;
inline constexpr std::uint8_t pin_timed_out = 0xF0;
inline constexpr std::uint8_t deactivated_protocol = 0xF3;
inline constexpr std::uint8_t procedure_byte = 0xF4;
inline constexpr std::uint8_t class_not_supported = 0xF5;
inline constexpr std::uint8_t protocol_not_supported = 0xF6;
inline constexpr std::uint8_t bad_tck = 0xF7;
inline constexpr std::uint8_t bad_ts = 0xF8;
inline constexpr std::uint8_t hardware = 0xFB;
inline constexpr std::uint8_t overrun = 0xFC;
inline constexpr std::uint8_t parity = 0xFD;
inline constexpr std::uint8_t mute = 0xFE;
inline constexpr std::uint8_t aborted = 0xFF;
} // namespace slot_error

/// An answer; its data are borrowed.
struct Answer {
    AnswerType type;
    std::uint8_t slot = 0;
    std::uint8_t sequence = 0; ///< of its command
    IccStatus icc = IccStatus::absent;
    CommandStatus status = CommandStatus::processed;
    std::uint8_t error = 0;    ///< where it failed; the multiplier of a time extension
    std::uint8_t specific = 0; ///< bClockStatus, bProtocolNum, bChainParameter
    ByteView data{};
};

/// The answer that a command gets, a failed one too; one that no reader knows gets slot_status.
[[nodiscard]] AnswerType answer_type_of(std::uint8_t command_type);

/// Takes a whole message apart. Errors: truncated, trailing_bytes (dwLength and the message's size
/// differ); too_long (dwLength over data_size_max).
[[nodiscard]] Result<Command> parse_command(ByteView message);
/// The host's side. Errors: as above; malformed (no answer's type, or a reserved status).
[[nodiscard]] Result<Answer> parse_answer(ByteView message);

/// Bytes of the message whose header begins like this, or nothing where dwLength is over
/// data_size_max. require: five bytes.
[[nodiscard]] Result<std::size_t> message_size(ByteView beginning);

/// Writes a whole message. @returns its bytes. require: data of at most data_size_max bytes.
std::size_t encode(Answer const& answer, std::span<std::uint8_t, message_size_max> out);
/// The host's side.
std::size_t encode(Command const& command, std::span<std::uint8_t, message_size_max> out);

} // namespace apdu::ccid
