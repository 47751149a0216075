#pragma once

#include <cstdint>
#include <optional>

namespace hal {

/// A key of the PIN pad.
struct PadKey {
    /// Which.
    enum class Kind : std::uint8_t { digit, enter, clear, cancel };
    Kind kind;
    std::uint8_t digit = 0; ///< 0…9, of a digit
};

/// The PIN pad's keys.
class PinPad {
public:
    PinPad() = default;
    PinPad(PinPad const&) = delete;
    PinPad& operator=(PinPad const&) = delete;
    virtual ~PinPad() = default;

    /// The next key that was pressed; nothing where none was. It remembers one key at most.
    [[nodiscard]] virtual std::optional<PadKey> key() = 0;
};

} // namespace hal
