#pragma once

#include "firmware/core/escape_commands.hpp"
#include "firmware/core/host_link.hpp"
#include "firmware/core/secure_command.hpp"

namespace terminal {

/// A CCID reader on one host link: each command gets one answer, in time, whatever the cards do. A
/// newer command takes the place of one that is not answered yet; the card's exchange goes on to
/// its end all the same, and PIN entry ends.
class CcidDevice {
public:
    /// What it is made of; all must outlive it.
    struct Parts {
        HostLink& link;
        std::span<Slot* const> slots; ///< slot 0 first
        EscapeCommands& escapes;
        SecureCommand* secure; ///< for slot 0; null: the reader has no PIN pad
    };

    explicit CcidDevice(Parts const& parts) : parts_{parts} {}

    /// Does what there is to do now.
    void step();

private:
    /// What the command that is not answered yet waits for.
    enum class Waiting : std::uint8_t { nothing, slot, secure, escape };

    void begin(HostLink::Received const& received);
    void begin_at(Slot& slot, apdu::ccid::Command const& command);
    void power_on(Slot& slot, apdu::ccid::Command const& command);
    void exchange(Slot& slot, apdu::ccid::Command const& command);
    void secure(Slot& slot, apdu::ccid::Command const& command);
    void escape(apdu::ccid::Command const& command);
    void set_parameters(Slot& slot, apdu::ccid::Command const& command);
    void set_clock(Slot& slot, apdu::ccid::Command const& command);
    void mechanical(apdu::ccid::Command const& command);
    void supersede();

    void step_slots();
    void finish();
    void finish_slot(Slot& slot);
    void finish_secure();
    void finish_escape();

    [[nodiscard]] Slot* slot_of(std::uint8_t number) const;
    [[nodiscard]] bool may_act(Slot& slot);
    void answer(apdu::ByteView data = {});
    void answer_parameters(Slot const& slot);
    void fail(std::uint8_t error);
    void send(apdu::ccid::Answer answer);

    Parts parts_;
    Waiting waiting_ = Waiting::nothing;
    apdu::ccid::Command pending_{}; ///< without its data
};

} // namespace terminal
