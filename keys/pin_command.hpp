#pragma once

#include "keys/typed_pin.hpp"

#include "apdu/ccid/pin_operation.hpp"

namespace keys {

/// Who brings a command with PINs in it to the card.
class CommandTaker {
public:
    CommandTaker() = default;
    CommandTaker(CommandTaker const&) = delete;
    CommandTaker& operator=(CommandTaker const&) = delete;
    virtual ~CommandTaker() = default;

    /// The whole command APDU; it stays where it is until its PinCommand is cleared.
    virtual void take(apdu::ByteView command) = 0;
};

/// A command APDU into which typed PINs are put as a host asks for it: the one place where they
/// stand in the clear besides the keys' own. Wiped when it is cleared and when it goes.
class PinCommand {
public:
    PinCommand() = default;
    PinCommand(PinCommand const&) = delete;
    PinCommand& operator=(PinCommand const&) = delete;
    ~PinCommand() { clear(); }

    /// True when PINs of digits_max digits fit into the operation's command, wherever they go.
    [[nodiscard]] static bool has_room(apdu::ccid::PinOperation const& operation);

    /// Puts `current` (a verification's PIN, or a change's old one where it asks for that) and
    /// `fresh` (a change's new one) in. With a block size of 0 a PIN is put between the bytes of
    /// the data field, as long as it is, and Lc grows; else it is written over them. require:
    /// has_room(), and sizes within the operation's bounds.
    void build(apdu::ccid::PinOperation const& operation, TypedPin const& current,
               TypedPin const& fresh);
    void give(CommandTaker& taker) const { taker.take(apdu::ByteView{bytes_}.first(size_)); }
    /// Wipes it.
    void clear();

private:
    void put(apdu::ccid::PinFormat const& format, std::size_t at, TypedPin const& pin);
    void open_gap(std::size_t at, std::size_t size);

    std::array<std::uint8_t, apdu::ccid::data_size_max> bytes_{};
    std::size_t size_ = 0;
};

} // namespace keys
