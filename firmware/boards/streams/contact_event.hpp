#pragma once

#include <array>
#include <cstdint>
#include <optional>

namespace streams {

/// What happens at the contacts, as it stands on a stream. docs/terminal.md, "Contacts".
struct ContactEvent {
    /// From the terminal or to it; what both can send is one.
    enum class Kind : std::uint8_t {
        character = 0,
        wrong_character = 1, ///< with wrong parity
        contacts = 2,        ///< from the terminal; to it: whether a card is in
        rate = 3,
        error_signal = 4,
        hello = 5,
        entropy = 6,
        taken = 7, ///< to the terminal: its last character, without an error signal
    };
    Kind kind;
    std::uint8_t socket = 0; ///< 0 or 1
    std::uint8_t value = 0;

    /// The two bytes.
    [[nodiscard]] std::array<std::uint8_t, 2> encode() const;

    friend constexpr bool operator==(ContactEvent const&, ContactEvent const&) = default;
};

/// Finds events in what comes; bytes that begin none are passed over.
class ContactEventParser {
public:
    /// The event that the byte ends.
    [[nodiscard]] std::optional<ContactEvent> receive(std::uint8_t byte);

private:
    std::uint8_t first_ = 0; ///< 0: none
};

} // namespace streams
