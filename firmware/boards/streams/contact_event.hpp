#pragma once

#include <array>
#include <cstdint>
#include <optional>

namespace streams {

/// What happens at a card's contacts, as it stands on a stream. docs/terminal.md, "Contacts".
struct ContactEvent {
    /// What; a value that is not listed comes as it is.
    enum class Type : std::uint8_t {
        character = 0,
        wrong_character = 1, ///< with wrong parity
        contacts = 2,        ///< of the terminal; of the card side: whether a card is in
        rate = 3,            ///< Fi and Di as in TA1
        error_signal = 4,
        ask = 5, ///< whether a card is in
        entropy = 6,
    };
    Type type;
    std::uint8_t socket; ///< 0 or 1
    std::uint8_t value;

    friend constexpr bool operator==(ContactEvent const&, ContactEvent const&) = default;
};

/// The two bytes of an event.
[[nodiscard]] std::array<std::uint8_t, 2> encode(ContactEvent const& event);

/// Finds events in a stream, after lost bytes again from the next one on.
class ContactEventReader {
public:
    /// The next byte. @returns the event that it ends.
    std::optional<ContactEvent> receive(std::uint8_t byte);

private:
    std::optional<std::uint8_t> first_{};
};

} // namespace streams
