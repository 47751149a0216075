#pragma once

#include "firmware/core/escape_commands.hpp"

#include <string_view>

namespace terminal {

/// What the stock serial driver asks of a reader by Escape while it opens it. serial-ccid.md §4.
struct DriverEscape {
    /// Bytes of the answer.
    std::array<std::uint8_t, 32> data{};
    std::size_t size = 0;

    /// The answer to that; nothing where it is none of the driver's. `has_pad`: the reader verifies
    /// and modifies PINs. `name` is what the driver takes for the firmware's, 31 characters at
    /// most.
    [[nodiscard]] static std::optional<DriverEscape> answer_to(apdu::ByteView command,
                                                               std::string_view name, bool has_pad);
};

} // namespace terminal
