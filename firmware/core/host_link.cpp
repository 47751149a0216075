#include "firmware/core/host_link.hpp"

#include "keys/secret_bytes.hpp"

namespace terminal {
namespace {

constexpr std::uint8_t keep_alive_byte = 0x80;
/// What a driver takes as "not understood"; it repeats an Escape then. serial-ccid.md §1.
constexpr std::array<std::uint8_t, 3> nak{0x03, 0x15, 0x16};

} // namespace

void HostLink::pump() {
    if (!is_sending()) {
        return;
    }
    while (is_sending() && line_.send(out_[sent_])) {
        ++sent_;
    }
    alive_us_ = clock_.now_us();
    if (!is_sending()) {
        keys::wipe(out_);
        out_size_ = 0;
        sent_ = 0;
    }
}

std::optional<HostLink::Received> HostLink::step() {
    pump();
    if (is_sending()) {
        return std::nullopt; // what comes meanwhile waits on the line
    }
    while (auto const byte = line_.receive()) {
        auto const came = receiver_.receive(byte->value, byte->is_damaged, clock_.now_us());
        if (came != FrameReceiver::Came::nothing) {
            return on(came);
        }
    }
    return on(receiver_.look(clock_.now_us()));
}

std::optional<HostLink::Received> HostLink::on(FrameReceiver::Came came) {
    if (came == FrameReceiver::Came::nothing) {
        return std::nullopt;
    }
    alive_us_ = clock_.now_us();
    if (came == FrameReceiver::Came::message) {
        auto const command = apdu::ccid::parse_command(receiver_.message());
        apdu::require(command.ok()); // the receiver goes by dwLength
        ++counts_.commands;
        send_echo(command.value());
        return Received{command.value(), false};
    }
    ++counts_.damaged;
    auto const header = receiver_.header();
    apdu::ccid::Command const command{.type = header[0],
                                      .slot = header[apdu::ccid::slot_at],
                                      .sequence = header[apdu::ccid::slot_at + 1U],
                                      .specific = {header[apdu::ccid::specific_at],
                                                   header[apdu::ccid::specific_at + 1U],
                                                   header[apdu::ccid::specific_at + 2U]}};
    if (command.is(apdu::ccid::CommandType::escape)) {
        apdu::copy_bytes(nak, out_);
        out_size_ = nak.size();
        return std::nullopt;
    }
    send_echo(command);
    return Received{command, true};
}

void HostLink::append(apdu::ByteView message) {
    out_size_ += encode_frame(message, apdu::ByteSpan{out_}.subspan(out_size_));
}

void HostLink::send_echo(apdu::ccid::Command const& command) {
    if (echo_ == Echo::none) {
        return;
    }
    apdu::ccid::Command echo = command;
    echo.data = {};
    std::array<std::uint8_t, apdu::ccid::message_size_max> message{};
    append(apdu::ByteView{message}.first(encode(echo, message)));
    pump();
}

void HostLink::send(apdu::ccid::Answer const& answer) {
    // encode() wants room for the longest message; the frame's own is what there is.
    std::array<std::uint8_t, apdu::ccid::message_size_max> message{};
    append(apdu::ByteView{message}.first(encode(answer, message)));
    keys::wipe(message);
    receiver_.clear();
    pump();
}

void HostLink::keep_alive() {
    if (!is_sending() && clock_.now_us() - alive_us_ >= keep_alive_us) {
        out_[0] = keep_alive_byte;
        out_size_ = 1;
        pump();
    }
}

} // namespace terminal
