#pragma once

#include "keys/pin.hpp"

#include "apdu/card_connection.hpp"
#include "apdu/command.hpp"

namespace keys {

/// A command that carries a PIN or a key in the clear, encoded; wiped when it goes.
class SecretCommand {
public:
    /// Encodes `command` (short form, no Le). The caller wipes what the data field borrows.
    /// require: is_short().
    explicit SecretCommand(apdu::Command const& command);
    SecretCommand(SecretCommand const&) = delete;
    SecretCommand& operator=(SecretCommand const&) = delete;
    SecretCommand(SecretCommand&& from) noexcept;
    SecretCommand& operator=(SecretCommand&& from) noexcept = delete;
    ~SecretCommand();

    /// CLA INS P1 P2 and the length of the data field: what a log may tell.
    [[nodiscard]] apdu::Command header() const;
    [[nodiscard]] std::size_t data_size() const;

    /// Sends it. Returns as CardConnection::transmit().
    [[nodiscard]] apdu::Result<std::size_t> transmit(apdu::CardConnection& connection,
                                                     apdu::ByteSpan response) const;

private:
    std::array<std::uint8_t, apdu::short_command_size_max> bytes_{};
    std::size_t size_ = 0;
};

/// VERIFY 00 20 00 00. card.md §4.1.
[[nodiscard]] SecretCommand verify_command(Pin const& pin);

/// CHANGE PIN 80 5E 01 00: old PIN ‖ FF ‖ new PIN. card.md §4.1.
[[nodiscard]] SecretCommand change_pin_command(Pin const& old_pin, Pin const& new_pin);

} // namespace keys
