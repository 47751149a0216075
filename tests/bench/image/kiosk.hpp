#pragma once

#include "tests/bench/image/watched_machine.hpp"

#include "firmware/core/serial_frame.hpp"
#include "host/virtual/contact_card.hpp"

#include <deque>
#include <string_view>

namespace bench {

/// A CCID command.
struct KioskCommand {
    apdu::ccid::CommandType type;
    WatchedMachine::Bytes data{};
    std::uint8_t slot = 0;
    Machine::Wire link = Machine::pad_host;
};

/// What a command costs the image. A pass in which nothing is received or sent is waiting, and
/// costs no instructions.
struct Cost {
    std::uint64_t instructions = 0; ///< from the command's first byte to the answer's last
    std::uint64_t turn = 0;         ///< from the card's last byte to the answer's first
    std::uint64_t answered_us = 0;  ///< from the command's last byte to the answer's last
    std::size_t sent = 0;           ///< bytes of the answer and of what comes before it
};

/// The terminal's image in QEMU, with a host at its links, a card in its user slot, and fingers at
/// its pad. Each byte comes in a pass of its own, as on lines that are slower than the image.
class Kiosk {
public:
    using Bytes = WatchedMachine::Bytes;

    /// The card is in. As WatchedMachine; `chip` must outlive it.
    Kiosk(std::string const& image, std::string const& plugin, virtual_card::PhysicalCard& chip,
          virtual_card::ContactSettings const& settings,
          std::vector<virtual_card::Fault> const& faults = {});

    /// Sends a command, and waits for no answer. Keys are pressed while it is worked on: what the
    /// pad sends.
    void begin(KioskCommand const& command, std::string_view typed = {});
    /// Until so much of the machine's time has passed.
    void run_for(std::uint64_t us);
    /// Sends one. @returns the message of its answer. Throws where none comes.
    Bytes ask(KioskCommand const& command, std::string_view typed = {});

    /// The answer to the last command, once it is there.
    [[nodiscard]] std::optional<Bytes> const& answer() const { return answer_; }
    /// What the last command cost.
    [[nodiscard]] Cost const& cost() const { return cost_; }
    /// Instructions of the longest pass since the last time that this was asked, or the start.
    [[nodiscard]] std::uint64_t longest_pass() { return std::exchange(longest_pass_, 0); }

    [[nodiscard]] WatchedMachine& machine() { return machine_; }

private:
    void pass();
    [[nodiscard]] std::optional<WatchedMachine::Byte> next_byte();
    void take(ExecutionRecord const& record);
    void move_card();
    void look_for_answer();

    WatchedMachine machine_;
    virtual_card::FaultyCard faulty_;
    virtual_card::ContactCard card_;
    std::deque<std::uint8_t> from_host_{};
    std::deque<std::uint8_t> from_card_{};
    std::deque<std::uint8_t> from_pad_{};
    Machine::Wire link_ = Machine::pad_host; ///< of the last command
    terminal::FrameReceiver receiver_{};
    std::optional<Bytes> answer_{};
    unsigned waiting_passes_ = 0;     ///< since the last that was none
    std::uint64_t card_received_ = 0; ///< when the last byte of the card was
    std::uint64_t asked_us_ = 0;      ///< before the command's last byte
    std::uint64_t longest_pass_ = 0;
    Cost cost_{};
};

} // namespace bench
