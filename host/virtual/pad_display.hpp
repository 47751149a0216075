#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace virtual_card {

/// The display of a terminal, as its stream brings it. docs/terminal.md, "PIN pad and display".
class PadDisplay {
public:
    /// Takes the next byte. @returns the contents that it ends, "[first line|second line]" in UTF-8
    /// without the spaces at the lines' ends; bytes that are no text are "?".
    [[nodiscard]] std::optional<std::string> take(std::uint8_t byte);

private:
    std::array<std::uint8_t, 32> text_{};
    std::optional<std::size_t> size_{}; ///< of the text so far; nothing: none has begun
};

/// The byte of a key for a character: digits, newline: enter, c: clear, x: cancel; nothing for any
/// other.
[[nodiscard]] std::optional<std::uint8_t> key_of(char character);

} // namespace virtual_card
