#pragma once

#include "firmware/core/key_storage.hpp"
#include "firmware/core/pin_dialog.hpp"
#include "firmware/core/random_bits.hpp"
#include "firmware/core/slot.hpp"

#include "apdu/ccid/terminal_escape.hpp"
#include "keys/pan.hpp"

namespace terminal {

/// A new PIN, typed twice and given out as a PIN block under a key of this transaction only: for a
/// holder who forgot the old one. ISO 9564-1 format 4, ANSI X9.24-3.
class PinCapture {
public:
    /// What it works with; all must outlive it.
    struct Parts {
        Slot const& user_card;
        PinDialog& dialog;
        KeyStorage& keys;
        RandomBits& random;
        keys::AesCipher& aes;
    };

    explicit PinCapture(Parts const& parts) : parts_{parts} {}

    /// Begins. @returns why it cannot, or done: it goes on.
    [[nodiscard]] apdu::ccid::TerminalStatus begin(apdu::ByteView data);
    /// Nothing while someone types; then how it went.
    [[nodiscard]] std::optional<apdu::ccid::TerminalStatus> step();
    /// Valid until clear(). require: done.
    [[nodiscard]] apdu::ccid::CapturedPin const& captured() const { return captured_; }
    /// Wipes what was typed, whatever goes on.
    void clear();

private:
    [[nodiscard]] apdu::ccid::TerminalStatus encrypt();
    /// Of the card in the user slot: what its PAN is made of.
    using Factor = std::array<std::uint8_t, 8>;
    [[nodiscard]] std::optional<Factor> factor() const;

    Parts parts_;
    bool is_going_on_ = false;
    Factor factor_{}; ///< of the card that it began with
    Language language_ = Language::chinese;
    apdu::ccid::CapturedPin captured_{};
};

} // namespace terminal
