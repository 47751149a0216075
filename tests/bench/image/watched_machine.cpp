#include "tests/bench/image/watched_machine.hpp"

#include <sys/socket.h>

#include <stdexcept>

namespace bench {
namespace {

/// An instruction takes 2^5 ns. While the core sleeps time does not pass but jumps to the next
/// tick.
constexpr auto time_of_instructions = "shift=5,sleep=off";
constexpr std::uint32_t counter_25_mhz = 0x4002'8018;
constexpr std::uint32_t counts_a_us = 25;
/// From a UART's data register to that of its state, and what it says there.
constexpr std::uint32_t state_after_data = 4;
constexpr std::uint32_t is_received = 1U << 1;

std::vector<std::string> options(std::string const& plugin, InheritedSocket const& link,
                                 InheritedSocket const& memory) {
    return {"-icount",    time_of_instructions,
            "-plugin",    plugin + ",link=" + link.inherited(),
            "-chardev",   "socket,id=qtest,fd=" + memory.inherited(),
            "-qtest",     "chardev:qtest",
            "-qtest-log", "none"};
}

} // namespace

WatchedMachine::WatchedMachine(std::string const& image, std::string const& plugin)
    : link_{SOCK_SEQPACKET}, memory_{SOCK_STREAM}, machine_{image,
                                                            options(plugin, link_, memory_)} {
    link_.close_inherited();
    memory_.close_inherited();
    (void)wait_for_sleep();
}

Pass WatchedMachine::run(std::optional<Byte> byte, GoOn go_on) {
    if (byte) {
        deliver(*byte);
    }
    if (::send(link_.ours(), &go_on, sizeof go_on, MSG_NOSIGNAL) != sizeof go_on) {
        throw std::runtime_error{"QEMU has gone"};
    }
    return wait_for_sleep();
}

/// Until it is in the UART, where it interrupts.
void WatchedMachine::deliver(Byte byte) {
    machine_.send(byte.wire, {byte.value});
    while ((word_at(uart_data[byte.wire] + state_after_data) & is_received) == 0) {}
}

Pass WatchedMachine::wait_for_sleep() {
    Pass pass;
    for (;;) {
        ExecutionRecord const record = next_record();
        lowest_ = record.lowest;
        if (record.what == Happening::sleeps) {
            pass.instructions =
                record.instructions - std::exchange(instructions_, record.instructions);
            return pass;
        }
        pass.records.push_back(record);
        if (record.what == Happening::sends && record.uart == Machine::card) {
            take_events();
        }
    }
}

void WatchedMachine::take_events() {
    for (std::uint8_t const byte : machine_.receive(Machine::card)) {
        auto const event = parser_.take(byte);
        if (!event) {
            continue;
        }
        if (event->type != virtual_card::ContactEventType::entropy) {
            events_.push_back(*event);
            continue;
        }
        auto const answer =
            virtual_card::encode({event->type, event->socket, static_cast<std::uint8_t>(noise_())});
        machine_.send(Machine::card, {answer.begin(), answer.end()});
    }
}

ExecutionRecord WatchedMachine::next_record() {
    ExecutionRecord record{};
    if (::recv(link_.ours(), &record, sizeof record, 0) != sizeof record) {
        throw std::runtime_error{"QEMU has gone"};
    }
    return record;
}

std::uint64_t WatchedMachine::now_us() {
    std::uint32_t const counter = word_at(counter_25_mhz);
    counted_ += counter - std::exchange(counter_, counter);
    return counted_ / counts_a_us;
}

std::uint32_t WatchedMachine::word_at(std::uint32_t address) {
    std::string const line = "readl " + std::to_string(address) + "\n";
    if (::send(memory_.ours(), line.data(), line.size(), MSG_NOSIGNAL) !=
        static_cast<ssize_t>(line.size())) {
        throw std::runtime_error{"QEMU has gone"};
    }
    std::string answer;
    while (answer.empty() || answer.back() != '\n') {
        char character = 0;
        if (::recv(memory_.ours(), &character, 1, 0) != 1) {
            throw std::runtime_error{"QEMU has gone"};
        }
        answer += character;
    }
    constexpr std::string_view good = "OK ";
    if (!answer.starts_with(good)) {
        throw std::runtime_error{"QEMU does not read memory: " + answer};
    }
    return static_cast<std::uint32_t>(std::stoull(answer.substr(good.size()), nullptr, 0));
}

} // namespace bench
