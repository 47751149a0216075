#pragma once

#include <array>
#include <cstdint>
#include <optional>

namespace virtual_card {

/// What an event at a card's contacts is. docs/terminal.md, "Contacts".
enum class ContactEventType : std::uint8_t {
    character = 0,       ///< with right parity
    wrong_character = 1, ///< with wrong parity
    contacts = 2,        ///< from a terminal: its contacts; from a card: whether it is in
    rate = 3,            ///< Fi and Di as in TA1, for characters from now on
    error_signal = 4,    ///< for the other's last character
    query = 5,           ///< the terminal is there, and asks whether a card is in
    entropy = 6,         ///< a byte of entropy is asked for, or given
    taken = 7,           ///< from a card under T=0: the last character, without an error signal
};

/// One event, as the two bytes of the wire hold it. A type that nobody knows is kept as it came.
struct ContactEvent {
    ContactEventType type{};
    std::uint8_t socket = 0; ///< 0 or 1
    std::uint8_t value = 0;

    friend constexpr bool operator==(ContactEvent const&, ContactEvent const&) = default;
};

/// The two bytes of an event. require: type ≤ 15, socket ≤ 1.
[[nodiscard]] std::array<std::uint8_t, 2> encode(ContactEvent const& event);

/// Finds events in bytes, and its place again where some were lost: a byte with the highest bit set
/// always begins an event, one that cannot go on with it is dropped.
class ContactEventParser {
public:
    /// Takes the next byte. @returns the event that it ends, if it ends one.
    [[nodiscard]] std::optional<ContactEvent> take(std::uint8_t byte);

private:
    std::optional<std::uint8_t> first_{};
};

/// A state of the contacts, as an event of type `contacts` has it from a terminal.
struct ContactState {
    std::uint8_t supply = 0; ///< 0: off; 1, 2, 3: class A, B, C
    bool is_reset_high = false;
    bool has_clock = false;
    bool is_io_high = false;

    /// Reads the value of such an event.
    [[nodiscard]] static ContactState from(std::uint8_t value);
    friend constexpr bool operator==(ContactState const&, ContactState const&) = default;
};

} // namespace virtual_card
