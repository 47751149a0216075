#pragma once

// A terminal's core on a board without hardware, spoken to over its host line.
#include "firmware/core/ccid_device.hpp"

#include "tests/apdu/hex_bytes.hpp"
#include "tests/firmware/core/scripted_line.hpp"

#include <optional>

namespace terminal {

/// A host line whose bytes a test writes and reads.
class TestHostLine final : public hal::HostLine {
public:
    std::deque<Byte> to_terminal{};
    Bytes from_terminal{};

    std::optional<Byte> receive() override {
        if (to_terminal.empty()) {
            return std::nullopt;
        }
        Byte const byte = to_terminal.front();
        to_terminal.pop_front();
        return byte;
    }
    bool send(std::uint8_t byte) override {
        from_terminal.push_back(byte);
        return true;
    }
    void write(Bytes const& bytes) {
        for (std::uint8_t const byte : bytes) {
            to_terminal.push_back({byte, false});
        }
    }
};

/// Keys that a test presses, and what is shown.
class TestPad final : public hal::PinPad, public hal::Display {
public:
    std::deque<hal::PadKey> keys{};
    std::vector<std::pair<std::string, std::string>> shown{};

    std::optional<hal::PadKey> key() override {
        if (keys.empty() || is_first_look_) {
            is_first_look_ = false;
            return std::nullopt;
        }
        auto const next = keys.front();
        keys.pop_front();
        return next;
    }
    void show(apdu::ByteView first, apdu::ByteView second) override {
        shown.emplace_back(std::string{first.begin(), first.end()},
                           std::string{second.begin(), second.end()});
    }
    /// Digits; e enter, c clear, x cancel. They are pressed once the terminal asks.
    void type(std::string_view text) {
        is_first_look_ = true;
        for (char const c : text) {
            using Kind = hal::PadKey::Kind;
            keys.push_back(c == 'e'   ? hal::PadKey{Kind::enter}
                           : c == 'c' ? hal::PadKey{Kind::clear}
                           : c == 'x'
                               ? hal::PadKey{Kind::cancel}
                               : hal::PadKey{Kind::digit, static_cast<std::uint8_t>(c - '0')});
        }
    }

private:
    bool is_first_look_ = false; ///< the terminal forgets keys from before
};

/// Escapes that tell what they were asked.
class EchoingEscapes final : public EscapeCommands {
public:
    bool takes_its_time = false;
    State begin(apdu::ByteView data) override {
        data_.assign(data.begin(), data.end());
        return data.empty() ? State::failed : (takes_its_time ? State::going_on : State::done);
    }
    State step() override { return takes_its_time ? State::going_on : State::done; }
    apdu::ByteView answer() const override { return data_; }
    void clear() override { data_.clear(); }

private:
    Bytes data_{};
};

/// A reader with a PIN pad and one slot, and what a host would do with it.
class TestDesk {
public:
    explicit TestDesk(Echo echo) : link{host, clock, echo} {}

    /// Steps for so many milliseconds of the terminal's time.
    void run(std::uint64_t ms) {
        for (std::uint64_t i = 0; i < ms * 5; ++i) {
            clock.wait_us(200);
            device.step();
        }
    }
    static Bytes framed(Bytes const& message) {
        Bytes frame(message.size() + frame_overhead);
        frame.resize(encode_frame(message, frame));
        return frame;
    }
    /// Sends a message, and gives back all that comes within the time.
    Bytes answer(std::string_view message, std::uint64_t ms = 20) {
        host.from_terminal.clear();
        host.write(framed(apdu::bytes(message)));
        run(ms);
        return std::exchange(host.from_terminal, {});
    }
    void power_on() {
        line.atrs = {good(apdu::bytes("3B 00"))};
        answer("62 00000000 00 00 010000", 100);
    }

    TestClock clock{};
    ScriptedLine line{};
    TestHostLine host{};
    TestPad pad{};
    EchoingEscapes escapes{};
    HostLink link;
    Slot slot{line, clock};
    PinDialog dialog{pad, pad, clock};
    SecureCommand secure{slot, dialog};
    std::array<Slot*, 1> slots{&slot};
    CcidDevice device{{link, slots, escapes, &secure}};
};

/// The frame around a message written in hex.
inline Bytes frame(std::string_view message) { return TestDesk::framed(apdu::bytes(message)); }

} // namespace terminal
