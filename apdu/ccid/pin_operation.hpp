#pragma once

#include "apdu/ccid/message.hpp"

#include <optional>

namespace apdu::ccid {

/// How digits of a PIN become bytes; the values are bits 2 and 1 of bmFormatString.
enum class PinCoding : std::uint8_t { binary, bcd, ascii };

/// Where a PIN goes in a command's data field, and in which form. §6.1.11.
struct PinFormat {
    PinCoding coding = PinCoding::bcd;
    bool is_right_justified = false;
    std::uint8_t position_bits = 0; ///< of the PIN in the data field
    std::uint8_t block_size = 0;    ///< bytes that the PIN fills; 0: as many as it has
    std::uint8_t length_bits =
        0; ///< bits of the PIN's length in the data field; 0: it is not there
    std::uint8_t length_position_bits = 0;
};

/// What ends an entry, besides cancelling; bits of bEntryValidationCondition.
struct EntryEnd {
    bool is_full = false;    ///< the most digits are there
    bool is_entered = false; ///< the enter key
    bool is_timeout = false; ///< the time is over, whatever is there
};

/// What a change of PIN has besides a verification.
struct PinChange {
    std::uint8_t old_at = 0; ///< bytes into the data field
    std::uint8_t new_at = 0;
    bool is_confirmed = true; ///< the new PIN is typed twice
    bool asks_old = true;     ///< the current PIN is typed first
};

/// An entry of PINs that a host asks for, with the command that they go into. Borrows its message.
struct PinOperation {
    std::uint8_t timeout_s = 0; ///< 0: the reader's own
    PinFormat format{};
    std::uint8_t digits_min = 0;
    std::uint8_t digits_max = 0;
    EntryEnd end{};
    std::uint8_t messages = 0;  ///< bNumberMessage: 0 to 3, or FF: the reader's own
    std::uint16_t language = 0; ///< of USB: 0409 English, 0804 Chinese
    std::array<std::uint8_t, 3> message_indices{};
    std::array<std::uint8_t, 3> prologue{}; ///< of the T=1 block: NAD, PCB, LEN
    std::optional<PinChange> change{};      ///< nothing: a verification
    ByteView command{};                     ///< the APDU; header at least

    /// Reads the data of a Secure command. Indices of a second and third message are there where
    /// bNumberMessage says so (bNumberMessageFix). The error is the offset in the message of what
    /// is bad: an operation or a form that is none, a field that is cut off, bounds that no PIN
    /// meets, an APDU without a header.
    [[nodiscard]] static Result<PinOperation, std::uint8_t> parse(ByteView data);

    /// bmFormatString, bmPINBlockString, bmPINLengthFormat. require: positions that their fields
    /// can say: below 16 bits or bytes.
    [[nodiscard]] std::array<std::uint8_t, 3> format_fields() const;
    /// bConfirmPIN. require: a change.
    [[nodiscard]] std::uint8_t confirmation_field() const;
    /// bEntryValidationCondition.
    [[nodiscard]] std::uint8_t end_field() const;
};

} // namespace apdu::ccid
