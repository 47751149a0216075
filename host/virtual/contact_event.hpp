#pragma once

#include <array>
#include <cstdint>
#include <optional>

namespace virtual_card {

/// What the card's side of a stream of contact events sends and takes; docs/terminal.md,
/// "Contacts". The values are the types there.
enum class ContactKind : std::uint8_t {
    character = 0,
    wrong_character = 1, ///< with wrong parity, as one who reads the direct convention sees it
    contacts = 2,        ///< to the card; from it: whether it is in
    rate = 3,
    error_signal = 4,
    hello = 5,
    entropy = 6,
    taken = 7,
};

/// One of them.
struct ContactEvent {
    ContactKind kind;
    std::uint8_t socket = 0; ///< 0 or 1
    std::uint8_t value = 0;

    friend constexpr bool operator==(ContactEvent const&, ContactEvent const&) = default;
};

/// The levels that a terminal puts on the contacts.
struct ContactLevels {
    std::uint8_t supply = 0; ///< 0 off, 1 to 3 class A to C
    bool is_reset_high = false;
    bool is_clock_running = false;
    bool is_io_high = false;

    /// Of the value of a `contacts` event.
    [[nodiscard]] static ContactLevels of(std::uint8_t value) {
        return {static_cast<std::uint8_t>(value & 0x03U), (value & 0x04U) != 0,
                (value & 0x08U) != 0, (value & 0x10U) != 0};
    }
};

/// The two bytes of an event.
[[nodiscard]] std::array<std::uint8_t, 2> bytes_of(ContactEvent const& event);

/// Puts bytes together to events; what belongs to none is dropped.
class ContactEventReader {
public:
    /// The event that ends with this byte, if one does.
    [[nodiscard]] std::optional<ContactEvent> next(std::uint8_t byte);

private:
    std::optional<std::uint8_t> first_{};
};

} // namespace virtual_card
