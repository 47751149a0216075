#pragma once

#include "apdu/ccid/message.hpp"

#include <optional>

namespace terminal {

/// What a device does on Escape. One at a time.
class EscapeCommands {
public:
    /// Where it stands.
    enum class State : std::uint8_t { idle, going_on, done, failed };

    EscapeCommands() = default;
    EscapeCommands(EscapeCommands const&) = delete;
    EscapeCommands& operator=(EscapeCommands const&) = delete;
    virtual ~EscapeCommands() = default;

    /// Begins with the data of an Escape message, which are copied where they are needed longer.
    /// Ends what went on. @returns where it stands already; failed: there is no such command.
    [[nodiscard]] virtual State begin(apdu::ByteView data) = 0;
    /// Does what there is to do now.
    [[nodiscard]] virtual State step() = 0;
    /// Valid until clear(). require: done.
    [[nodiscard]] virtual apdu::ByteView answer() const = 0;
    /// Wipes all, whatever goes on.
    virtual void clear() = 0;
};

} // namespace terminal
