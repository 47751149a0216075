#pragma once

#include "apdu/bytes.hpp"
#include "apdu/result.hpp"

#include <array>
#include <optional>

namespace apdu::ccid {

// What a kiosk's terminal does on Escape besides what the stock driver asks: a command is the mark,
// a function and its data; an answer a status and, where that is done, data. Ours.

/// The first byte of each of these Escapes.
inline constexpr std::uint8_t terminal_escape_mark = 0x53;

/// What is asked for; the values are the second byte.
enum class TerminalFunction : std::uint8_t {
    identity = 0x01, ///< records of IdentityTag
    health = 0x02,   ///< records of HealthTag
    /// A new PIN is typed twice and given out as a PIN block: PinCaptureRequest, CapturedPin.
    capture_pin = 0x03,
    load_initial_key = 0x04, ///< a key block of the initial key under the transport key, as text
    provision = 0x05,        ///< once: initial key id, transport key (16, 24 or 32 bytes)
    clear_tamper = 0x06,     ///< wipes all keys and forgets that the case was open
    update_begin = 0x10,     ///< an image's header
    update_write = 0x11,     ///< offset (4 bytes, the highest first) and bytes
    update_finish = 0x12,    ///< checks the image; the next start takes it
    update_abandon = 0x13,
    update_state = 0x14, ///< a record 0: bytes staged (4)
    restart = 0x15,
    /// As update_begin, but goes on with an update of that header that was cut; answers as
    /// update_state, so that the host knows from where.
    update_resume = 0x16,
};

/// How it went; the values are an answer's first byte.
enum class TerminalStatus : std::uint8_t {
    done = 0x00,
    cancelled = 0x01,     ///< at the pad
    timed_out = 0x02,     ///< nobody typed
    no_key = 0x03,        ///< no transport key, or no initial key
    key_exhausted = 0x04, ///< another initial key is needed
    random_failed = 0x05, ///< the source of randomness; the terminal gives nothing out any more
    tampered = 0x06,      ///< the case was opened; the keys are gone
    malformed = 0x07,     ///< the data of the command
    refused = 0x08,       ///< a key block or an image that is not for this terminal
    busy = 0x09,          ///< someone is typing already
    memory_failed = 0x0A, ///< the terminal's flash
    provisioned = 0x0B,   ///< it has its transport key already
    unknown = 0x0C,       ///< no such function
    no_card = 0x0D,       ///< in the user slot, or none whose answer to reset names it
    other_board = 0x0E,   ///< an image for other boards
    not_signed = 0x0F,    ///< an image, by the key that counts here
    version_low = 0x10,   ///< an image of a lower version than the terminal has had
    unconfirmed = 0x11,   ///< the image that runs is new, and must work for a while first
};

/// Records of the identity: tag, length, value.
enum class IdentityTag : std::uint8_t {
    model = 0x01,       ///< text
    version = 0x02,     ///< text
    board = 0x03,       ///< text
    chip = 0x04,        ///< 12 bytes
    initial_key = 0x05, ///< the id of 8 bytes, where there is one
};

/// Records of the health; numbers have the highest byte first.
enum class HealthTag : std::uint8_t {
    uptime_s = 0x01,      ///< 4 bytes
    start_reason = 0x02,  ///< 0 power, 1 watchdog, 2 restart
    tampered = 0x03,      ///< 0 or 1
    keys = 0x04,          ///< 0 empty, 1 provisioned, 2 loaded, 3 exhausted, 4 damaged
    random = 0x05,        ///< 0 failed, 1 good
    image_version = 0x06, ///< 4 bytes; 0: no header is in front of the image
    image_slot = 0x07,    ///< that the image runs in: 0 or 1
    slot_1 = 0x10, ///< six counts of 4 bytes: activations, removals, exchanges, mute, parity,
    slot_2 = 0x11, ///< broken; slot 1 is the user card's, 2 and 3 are SAMs'
    slot_3 = 0x12,
    link_1 = 0x20, ///< three counts of 4 bytes: commands, damaged, superseded; the PIN pad's link
    link_2 = 0x21, ///< the SAMs'
};

/// Data of capture_pin. The block is bound to the card in the terminal's user slot, which the
/// terminal knows by its last answer to reset.
struct PinCaptureRequest {
    std::uint8_t timeout_s = 0; ///< for each key; 0: the terminal's own
    std::uint8_t digits_min = 4;
    std::uint8_t digits_max = 12;
    std::uint16_t language = 0x0804; ///< of USB

    static constexpr std::size_t size = 5;
    /// Errors: truncated, trailing_bytes; malformed (bounds outside a card PIN's, 4 to 12).
    [[nodiscard]] static Result<PinCaptureRequest> parse(ByteView data);
    /// Writes it.
    void encode(std::span<std::uint8_t, size> out) const;
};

/// What capture_pin answers.
struct CapturedPin {
    std::array<std::uint8_t, 8> initial_key_id{};
    std::uint32_t counter = 0;
    std::array<std::uint8_t, 16> block{};

    static constexpr std::size_t size = 28;
    /// Errors: truncated, trailing_bytes.
    [[nodiscard]] static Result<CapturedPin> parse(ByteView data);
    /// Writes it.
    void encode(std::span<std::uint8_t, size> out) const;
};

} // namespace apdu::ccid
