#include "tests/firmware/core/host_session.hpp"

namespace terminal {
namespace {

using apdu::ccid::CommandStatus;
using apdu::ccid::CommandType;
using apdu::ccid::IccStatus;

/// The stock driver waits 3 s for a command's answer, and anew from each byte; 100 ms at first for
/// the status. serial-ccid.md §5. The terminal shows each second that it works.
constexpr std::uint64_t silence_max_us = 1'100'000;
constexpr std::uint64_t status_max_us = 10'000;
constexpr std::uint64_t answer_max_us = 240'000'000;
constexpr std::uint64_t listen_us = 2'000;
constexpr std::uint64_t busy_us = 50'000;
constexpr unsigned busy_max = 100;
constexpr std::uint8_t keep_alive_min = 0x80;
constexpr std::size_t frame_start = 2;
constexpr std::size_t smallest = frame_start + apdu::ccid::header_size + 1;

/// Bytes of the frame that begins like this; 0: they are not known yet.
std::size_t frame_size(Bytes const& come) {
    if (come.size() < smallest) {
        return 0;
    }
    return smallest + come[3] + std::size_t{256} * come[4];
}

std::uint8_t sum_of(Bytes const& bytes) {
    std::uint8_t sum = 0;
    for (std::uint8_t const byte : bytes) {
        sum = static_cast<std::uint8_t>(sum ^ byte);
    }
    return sum;
}

} // namespace

void WatchfulHost::refuse_if(bool is_wrong, std::string text) {
    if (is_wrong) {
        wrong_.push_back(std::move(text));
    }
}

/// The next whole frame's message; empty where none came.
Bytes WatchfulHost::next_frame(std::uint64_t until_us, bool may_wait) {
    for (std::uint64_t heard_us = kiosk_.now_us();;) {
        std::size_t const size = frame_size(come_);
        if (size != 0 && come_.size() >= size) {
            auto const end = come_.begin() + static_cast<std::ptrdiff_t>(size);
            Bytes const frame(come_.begin(), end);
            come_.erase(come_.begin(), end);
            refuse_if(frame[0] != 0x03 || frame[1] != 0x06 || sum_of(frame) != 0, "a bad frame");
            return {frame.begin() + frame_start, frame.end() - 1};
        }
        if (may_wait && is_interrupted()) {
            return {};
        }
        kiosk_.tick();
        for (std::uint8_t const byte : std::exchange(kiosk_.pad_host.from_terminal, {})) {
            bool const is_sign = come_.empty() && byte >= keep_alive_min;
            refuse_if(is_sign && !may_wait, "a sign of life before the echo");
            refuse_if(kiosk_.now_us() - heard_us > silence_max_us, "too long a silence");
            heard_us = kiosk_.now_us();
            if (!is_sign) {
                come_.push_back(byte);
            }
        }
        if (kiosk_.now_us() > until_us) {
            refuse_if(true, "no frame in time");
            return {};
        }
    }
}

void WatchfulHost::expect_silence() {
    kiosk_.run(listen_us);
    refuse_if(!come_.empty() || !kiosk_.pad_host.from_terminal.empty(), "more than one answer");
    refuse_if(!kiosk_.sam_host.from_terminal.empty(), "something on the SAMs' link");
    come_.clear();
    kiosk_.pad_host.from_terminal.clear();
    kiosk_.sam_host.from_terminal.clear();
}

HostAnswer WatchfulHost::exchange(CommandType type, Bytes const& data,
                                  std::array<std::uint8_t, 3> specific, std::string_view keys) {
    apdu::ccid::Command command{.type = static_cast<std::uint8_t>(type),
                                .sequence = ++sequence_,
                                .specific = specific,
                                .data = data};
    std::array<std::uint8_t, apdu::ccid::message_size_max> message{};
    std::size_t const size = encode(command, message);
    kiosk_.pad_host.write(TestDesk::framed({message.begin(), message.begin() + size}));
    bool const is_status = type == CommandType::get_slot_status;
    std::uint64_t const begin_us = kiosk_.now_us();
    command.data = {};
    std::size_t const header = encode(command, message);
    refuse_if(next_frame(begin_us + status_max_us, false) !=
                  Bytes(message.begin(), message.begin() + header),
              "no echo");
    kiosk_.press(keys);
    auto const came = next_frame(begin_us + (is_status ? status_max_us : answer_max_us), true);
    if (came.empty() && is_interrupted()) {
        auto const newer = *std::exchange(interruption_, std::nullopt);
        has_reset_ = newer.type == CommandType::icc_power_on;
        return {exchange(newer.type, {}, {}, {}).icc, true, apdu::ccid::slot_error::aborted, {}};
    }
    longest_us_ = std::max(longest_us_, kiosk_.now_us() - begin_us);
    expect_silence();
    auto const answer = apdu::ccid::parse_answer(came);
    if (!answer.ok()) {
        refuse_if(true, "no answer");
        return {};
    }
    refuse_if(answer.value().type != apdu::ccid::answer_type_of(command.type) ||
                  answer.value().slot != 0 || answer.value().sequence != sequence_,
              "the answer to something else");
    refuse_if(answer.value().status == CommandStatus::time_extension, "a time extension");
    return {answer.value().icc, answer.value().status == CommandStatus::failed,
            answer.value().error, apdu::copy_of(answer.value().data)};
}

HostAnswer WatchfulHost::ask(CommandType type, Bytes const& data,
                             std::array<std::uint8_t, 3> specific, std::string_view keys) {
    auto answer = exchange(type, data, specific, keys);
    for (unsigned i = 0; answer.error == apdu::ccid::slot_error::busy && i < busy_max; ++i) {
        kiosk_.run(busy_us); // the card is still at a command that was given up
        answer = exchange(type, data, specific, keys);
    }
    auto const status = exchange(CommandType::get_slot_status, {}, {}, {});
    refuse_if(status.has_failed, "the status has failed");
    refuse_if((status.icc == IccStatus::absent) == kiosk_.is_card_in(), "a wrong status");
    return answer;
}

} // namespace terminal
