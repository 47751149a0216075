#include "tests/bench/image/stack_depths.hpp"

#include "tests/bench/expect.hpp"
#include "tests/bench/image/plain_chip.hpp"
#include "tests/bench/image/terminal_work.hpp"

#include <algorithm>

namespace bench {
namespace {

/// The table of the image's vectors, which begins with the top of its stack.
constexpr std::uint32_t first_slot = 0x2100'0200;

/// The stack of a kiosk's terminal, from its start on.
class StackWatch {
public:
    StackWatch(Kiosk& kiosk, std::vector<StackDepth>& depths)
        : kiosk_{kiosk}, depths_{depths}, top_{kiosk.machine().word_at(first_slot)} {}

    /// What was used since the last note, forget(), or the start.
    void note(std::string const& name) {
        depths_.push_back({name, top_ - kiosk_.machine().lowest()});
        forget();
    }
    void forget() { (void)kiosk_.machine().run(std::nullopt, GoOn::look_anew); }
    /// What the image uses that sleeps and is interrupted by a byte on that wire.
    std::uint32_t interrupted(Machine::Wire wire) {
        constexpr std::uint8_t harmless = 0x00;
        auto const pass =
            kiosk_.machine().run(WatchedMachine::Byte{wire, harmless}, GoOn::look_anew);
        expect(!pass.records.empty(), "a byte interrupts");
        return top_ - pass.records.front().lowest;
    }
    [[nodiscard]] std::uint32_t reserved() const { return top_ - ram_begin; }

private:
    Kiosk& kiosk_;
    std::vector<StackDepth>& depths_;
    std::uint32_t top_;
};

virtual_card::ContactSettings settings(virtual_card::ContactProtocol protocol) {
    virtual_card::ContactSettings settings;
    settings.protocol = protocol;
    settings.t1.ifsc = 4; // so that commands with PINs are chained
    return settings;
}

} // namespace

StackDepths measure_stack(ImageFiles const& test_files, std::string const& plugin) {
    PlainChip chip;
    Kiosk kiosk{test_files.image, plugin, chip, settings(virtual_card::ContactProtocol::t0)};
    Kiosk kiosk_t1{test_files.image, plugin, chip, settings(virtual_card::ContactProtocol::t1)};
    StackDepths all{};
    StackWatch stack{kiosk, all.depths};
    StackWatch stack_t1{kiosk_t1, all.depths};
    all.reserved = stack.reserved();
    stack.note("start");
    power_on(kiosk);
    enter_pins(kiosk);
    stack.note("pin_entry_T0");
    stack_t1.forget();
    power_on(kiosk_t1);
    enter_pins(kiosk_t1);
    stack_t1.note("pin_entry_T1");
    load_keys(kiosk);
    stack.note("load_keys");
    capture_pin(kiosk);
    stack.note("pin_capture");
    NewImage const new_image{test_files.update};
    new_image.begin(kiosk);
    new_image.finish(kiosk);
    stack.note("update");

    std::uint32_t interrupted = 0;
    for (auto const wire : {Machine::pad_host, Machine::card, Machine::sams, Machine::pad}) {
        interrupted = std::max(interrupted, stack.interrupted(wire));
    }
    auto const deepest = std::max_element(
        all.depths.begin(), all.depths.end(),
        [](StackDepth const& left, StackDepth const& right) { return left.used < right.used; });
    // No interrupt interrupts another. What the sleeping image uses is counted twice.
    all.depths.push_back({"with_interrupt", deepest->used + interrupted});
    return all;
}

} // namespace bench
