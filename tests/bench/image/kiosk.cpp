#include "tests/bench/image/kiosk.hpp"

#include <algorithm>
#include <stdexcept>

namespace bench {
namespace {

constexpr unsigned passes_max = 1'000'000;
/// Nobody presses a key before the terminal has asked.
constexpr unsigned passes_before_key = 10;
constexpr std::uint8_t first_answer_type = 0x80;
/// The pseudo-echo that comes before each answer on the link of the PIN pad.
constexpr std::size_t echo_size = apdu::ccid::header_size + terminal::frame_overhead;

Kiosk::Bytes frame_of(KioskCommand const& command) {
    Kiosk::Bytes message{static_cast<std::uint8_t>(command.type),
                         static_cast<std::uint8_t>(command.data.size()),
                         static_cast<std::uint8_t>(command.data.size() >> 8U),
                         0,
                         0,
                         command.slot};
    message.resize(apdu::ccid::header_size);
    message.insert(message.end(), command.data.begin(), command.data.end());
    Kiosk::Bytes frame(message.size() + terminal::frame_overhead);
    (void)terminal::encode_frame(message, frame);
    return frame;
}

} // namespace

Kiosk::Kiosk(std::string const& image, std::string const& plugin, virtual_card::PhysicalCard& chip,
             virtual_card::ContactSettings const& settings,
             std::vector<virtual_card::Fault> const& faults)
    : machine_{image, plugin}, faulty_{chip, faults}, card_{faulty_, faults, settings} {
    move_card();
    while (!from_card_.empty() || waiting_passes_ < passes_before_key) {
        pass();
    }
    longest_pass_ = 0;
}

void Kiosk::begin(KioskCommand const& command, std::string_view typed) {
    auto const frame = frame_of(command);
    (void)machine_.receive(command.link); // what is there belongs to the one before
    receiver_.clear();
    answer_.reset();
    cost_ = {};
    link_ = command.link;
    from_pad_.assign(typed.begin(), typed.end());
    waiting_passes_ = 0;
    from_host_.assign(frame.begin(), frame.end());
    while (!from_host_.empty()) {
        asked_us_ = machine_.now_us();
        pass();
    }
}

void Kiosk::run_for(std::uint64_t us) {
    for (std::uint64_t const end_us = machine_.now_us() + us; machine_.now_us() < end_us;) {
        pass();
    }
}

Kiosk::Bytes Kiosk::ask(KioskCommand const& command, std::string_view typed) {
    begin(command, typed);
    for (unsigned passes = 0; !answer_; ++passes) {
        if (passes == passes_max) {
            throw std::runtime_error{"the terminal does not answer"};
        }
        pass();
    }
    return *answer_;
}

void Kiosk::pass() {
    Pass const pass = machine_.run(next_byte());
    waiting_passes_ = pass.records.empty() ? waiting_passes_ + 1 : 0;
    longest_pass_ = std::max(longest_pass_, pass.instructions);
    if (!answer_) {
        cost_.instructions += pass.records.empty() ? 0 : pass.instructions;
        std::for_each(pass.records.begin(), pass.records.end(),
                      [this](auto const& record) { take(record); });
        look_for_answer();
    }
    move_card();
}

std::optional<WatchedMachine::Byte> Kiosk::next_byte() {
    auto const next = [](std::deque<std::uint8_t>& bytes, Machine::Wire wire) {
        std::uint8_t const byte = bytes.front();
        bytes.pop_front();
        return WatchedMachine::Byte{wire, byte};
    };
    if (!from_host_.empty()) {
        return next(from_host_, link_);
    }
    if (!from_card_.empty()) {
        return next(from_card_, Machine::card);
    }
    if (!from_pad_.empty() && waiting_passes_ >= passes_before_key) {
        return next(from_pad_, Machine::pad);
    }
    return std::nullopt;
}

void Kiosk::take(ExecutionRecord const& record) {
    if (record.what == Happening::receives && record.uart == Machine::card) {
        card_received_ = record.instructions;
    }
    if (record.what == Happening::sends && record.uart == link_) {
        bool const is_first = cost_.sent == (link_ == Machine::pad_host ? echo_size : 0);
        cost_.turn = is_first ? record.instructions - card_received_ : cost_.turn;
        ++cost_.sent;
    }
}

void Kiosk::look_for_answer() {
    for (std::uint8_t const byte : machine_.receive(link_)) {
        bool const is_whole =
            receiver_.receive(byte, false, 0) == terminal::FrameReceiver::Came::message;
        if (is_whole && receiver_.message()[0] >= first_answer_type) {
            answer_ = Bytes{receiver_.message().begin(), receiver_.message().end()};
            cost_.answered_us = machine_.now_us() - asked_us_;
        }
    }
}

void Kiosk::move_card() {
    std::uint64_t const now_us = machine_.now_us();
    for (auto const& event : machine_.card_events()) {
        card_.take(event, now_us);
    }
    for (auto const& event : card_.leave(now_us)) {
        auto const bytes = encode(event);
        from_card_.insert(from_card_.end(), bytes.begin(), bytes.end());
    }
}

} // namespace bench
