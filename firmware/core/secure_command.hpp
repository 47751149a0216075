#pragma once

#include "firmware/core/pin_dialog.hpp"
#include "firmware/core/slot.hpp"

#include "keys/pin_command.hpp"

namespace terminal {

/// A Secure command of a host: PINs are typed, put into the host's APDU, and brought to the card,
/// all within the terminal. Under T=1 the terminal goes on with the host's conversation itself, and
/// gives back one block. serial-ccid.md §7.
class SecureCommand final : private keys::CommandTaker {
public:
    /// Where it stands.
    enum class State : std::uint8_t { idle, going_on, done, failed };

    /// Both must outlive it.
    SecureCommand(Slot& slot, PinDialog& dialog) : slot_{slot}, dialog_{dialog} {}

    /// Begins with the data of a Secure message, which are copied. @returns bError where they are
    /// no operation, or one that this terminal cannot do. require: idle; the slot active and not
    /// busy.
    [[nodiscard]] std::optional<std::uint8_t> begin(apdu::ByteView data);
    /// Does what there is to do now. The card's leaving ends it.
    State step();
    [[nodiscard]] bool is_going_on() const { return state_ == State::going_on; }

    /// What a host gets: data and status word, or a block of T=1 around them. Valid until clear().
    /// require: done.
    [[nodiscard]] apdu::ByteView answer() const { return apdu::ByteView{answer_}.first(size_); }
    /// As bError. require: failed.
    [[nodiscard]] std::uint8_t error() const { return error_; }

    /// Wipes all, whatever goes on.
    void clear();

private:
    enum class Phase : std::uint8_t { typing, exchanging };

    void take(apdu::ByteView command) override;
    void step_typing();
    void send();
    void step_exchange();
    void follow(apdu::t1::Action const& action);
    void finish(apdu::ByteView response);
    void fail(std::uint8_t error);
    void forget();
    void tell(apdu::ByteView response);

    Slot& slot_;
    PinDialog& dialog_;
    State state_ = State::idle;
    Phase phase_ = Phase::typing;
    std::uint8_t error_ = 0;
    Language language_ = Language::chinese;
    apdu::ccid::PinOperation operation_{};
    std::array<std::uint8_t, apdu::ccid::data_size_max> request_{};
    keys::PinCommand command_{};
    apdu::t1::Terminal t1_{apdu::TransmissionParameters::of({})};
    apdu::t1::Position start_{};
    std::array<std::uint8_t, apdu::t1::block_size_max> answer_{};
    std::size_t size_ = 0;
};

} // namespace terminal
