#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace store {

/// Gives each line of a journal its number and a check value over this line and all before it, so
/// that no line can be changed, lost, added or moved without being noticed.
class LineChain {
public:
    /// The next line with its end: "NUMBER CONTENT CHECK\n". require: no line end in `content`.
    [[nodiscard]] std::string seal(std::string_view content);

    /// The content of a line (without its end) if it is the next one; nothing, and the chain stays
    /// where it is, if it is not.
    [[nodiscard]] std::optional<std::string_view> unseal(std::string_view line);

private:
    std::size_t count_ = 0;
    std::array<std::uint8_t, 32> digest_{}; ///< SHA-256 over the digest before and the line
};

} // namespace store
