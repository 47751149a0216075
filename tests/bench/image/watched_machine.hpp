#pragma once

#include "tests/bench/image/execution_record.hpp"
#include "tests/firmware/qemu_mps2_an386/machine.hpp"

#include "host/virtual/contact_event.hpp"

#include <optional>
#include <random>
#include <utility>

namespace bench {

/// The machine's time that an instruction takes: about a cycle of its clock of 25 MHz.
inline constexpr double us_of_instruction = 0.032;

/// One pass of the image's main loop: from one sleep to the next.
struct Pass {
    std::uint64_t instructions = 0;         ///< those of interrupts included
    std::vector<ExecutionRecord> records{}; ///< of what was received and sent
};

/// QEMU with the terminal's image, which runs from one sleep to the next when it is told to, and
/// whose time is a count of instructions: the same bytes cost the same each time.
class WatchedMachine {
public:
    using Bytes = Machine::Bytes;
    using Wire = Machine::Wire;
    /// A byte to the image.
    struct Byte {
        Wire wire;
        std::uint8_t value;
    };

    /// Runs it until it sleeps for the first time. `plugin`: execution_watch. Throws where QEMU
    /// does not come up; so do all calls where it ends.
    WatchedMachine(std::string const& image, std::string const& plugin);

    /// Wakes it by a byte, or by nothing but its next tick.
    Pass run(std::optional<Byte> byte, GoOn go_on = GoOn::as_before);
    /// What it has sent on a wire that has no events.
    Bytes receive(Wire wire) { return machine_.receive(wire); }
    /// What it has sent to the user card. It asks there for its noise too, and gets that at once.
    std::vector<virtual_card::ContactEvent> card_events() { return std::exchange(events_, {}); }

    /// The machine's time, by its counter of 25 MHz.
    std::uint64_t now_us();
    /// The word of memory, or of a device, there.
    std::uint32_t word_at(std::uint32_t address);
    /// The lowest address in RAM that was read or written since the image was told to look anew.
    [[nodiscard]] std::uint32_t lowest() const { return lowest_; }

private:
    void deliver(Byte byte);
    Pass wait_for_sleep();
    void take_events();
    [[nodiscard]] ExecutionRecord next_record();

    InheritedSocket link_;   ///< to the plugin
    InheritedSocket memory_; ///< to what reads memory and devices: QEMU's qtest protocol
    Machine machine_;
    virtual_card::ContactEventParser parser_{};
    std::vector<virtual_card::ContactEvent> events_{};
    std::mt19937 noise_{1};
    std::uint64_t instructions_ = 0;
    std::uint32_t lowest_ = 0;
    std::uint32_t counter_ = 0;
    std::uint64_t counted_ = 0;
};

} // namespace bench
