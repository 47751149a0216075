#pragma once

#include "firmware/core/serial_frame.hpp"
#include "firmware/hal/clock.hpp"
#include "firmware/hal/host_line.hpp"

#include <optional>

namespace terminal {

/// Whether a driver waits for an echo of each command before its answer. serial-ccid.md §3.
enum class Echo : std::uint8_t {
    none,
    header, ///< a frame with the command's header and no data
};

/// What a link has seen since the terminal started.
struct LinkCounts {
    std::uint32_t commands = 0;
    std::uint32_t damaged = 0;    ///< frames
    std::uint32_t superseded = 0; ///< answers that a newer command came before
};

/// A link to a host: frames, echo, one answer for each command, and signs of life between them.
class HostLink {
public:
    /// What came: a command, or the header of one that came damaged or too long.
    struct Received {
        apdu::ccid::Command command;
        bool is_damaged;
    };

    /// Both must outlive it.
    HostLink(hal::HostLine& line, hal::Clock& clock, Echo echo)
        : line_{line}, clock_{clock}, echo_{echo} {}

    /// Sends what is to be sent, and takes what has come. What it returns borrows the link, and is
    /// valid until the next call. A command is taken only when the answer before it has left; its
    /// echo goes out at once.
    [[nodiscard]] std::optional<Received> step();

    /// True while something has not left yet.
    [[nodiscard]] bool is_sending() const { return sent_ < out_size_; }
    /// True while another command comes in: an answer to the one before would be taken for its.
    [[nodiscard]] bool is_receiving() const { return receiver_.is_receiving(); }
    /// Sends an answer; its data are copied. require: no other is under way.
    void send(apdu::ccid::Answer const& answer);
    /// Tells the host that its command is being worked on, now and each second: the host's waiting
    /// time starts again.
    void keep_alive();

    /// Counts an answer that is not sent.
    void count_superseded() { ++counts_.superseded; }
    [[nodiscard]] LinkCounts const& counts() const { return counts_; }

    static constexpr std::uint64_t keep_alive_us = 1'000'000;

private:
    void pump();
    void append(apdu::ByteView frame_of);
    [[nodiscard]] std::optional<Received> on(FrameReceiver::Came came);
    void send_echo(apdu::ccid::Command const& command);

    hal::HostLine& line_;
    hal::Clock& clock_;
    Echo echo_;
    FrameReceiver receiver_{};
    std::uint64_t alive_us_ = 0; ///< when the host last heard of us, or we of it
    LinkCounts counts_{};
    std::array<std::uint8_t, frame_size_max + apdu::ccid::header_size + frame_overhead + 1> out_{};
    std::size_t out_size_ = 0;
    std::size_t sent_ = 0;
};

} // namespace terminal
