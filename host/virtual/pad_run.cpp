#include "host/virtual/pad_run.hpp"

#include "host/virtual/contact_stay.hpp"
#include "host/virtual/options.hpp"

#include "apdu/gbk.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <deque>
#include <iostream>
#include <string>

namespace virtual_card {
namespace {

constexpr std::chrono::milliseconds pad_connect_again{100};
constexpr std::size_t line_size = 16;
constexpr std::uint8_t shown_begins = 0x02;
constexpr std::uint8_t shown_ends = 0x03;
/// Waits for the display to change before the next key.
constexpr char pause = ',';

/// The byte of a key, or 0.
std::uint8_t key_of(char c) {
    switch (c) {
    case '\n':
        return 0x0D;
    case 'c':
        return 0x08;
    case 'x':
        return 0x1B;
    default:
        return c >= '0' && c <= '9' ? static_cast<std::uint8_t>(c) : std::uint8_t{0};
    }
}

std::string text_of_line(apdu::ByteView line) {
    while (!line.empty() && line.back() == ' ') {
        line = line.first(line.size() - 1);
    }
    std::array<char, line_size * 4> text{};
    auto const size = apdu::card_text_to_utf8(line, text);
    return size.ok() ? std::string{text.data(), size.value()} : std::string{"?"};
}

/// One connection to the terminal.
class PadLine {
public:
    PadLine(int descriptor, std::deque<char>& keys, bool& is_input_open)
        : descriptor_{descriptor}, keys_{keys}, is_input_open_{is_input_open} {}
    PadLine(PadLine const&) = delete;
    PadLine& operator=(PadLine const&) = delete;
    ~PadLine() { (void)::close(descriptor_); }

    void serve(StopEvent const& stop) {
        while (!stop.is_stopped() && press()) {
            std::array<pollfd, 3> polled{{{descriptor_, POLLIN, 0},
                                          {stop.descriptor(), POLLIN, 0},
                                          {is_input_open_ ? STDIN_FILENO : -1, POLLIN, 0}}};
            (void)::poll(polled.data(), polled.size(), -1);
            if (polled[2].revents != 0) {
                read_keys();
            }
            if (polled[0].revents != 0 && !read_display()) {
                return;
            }
        }
    }

private:
    bool press() {
        while (!keys_.empty() && !waits_) {
            char const c = keys_.front();
            keys_.pop_front();
            if (c == pause) {
                waits_ = true;
                continue;
            }
            std::uint8_t const key = key_of(c);
            if (key != 0 && ::send(descriptor_, &key, 1, MSG_NOSIGNAL) != 1) {
                return false;
            }
        }
        return true;
    }

    void read_keys() {
        std::array<char, 256> text{};
        auto const size = ::read(STDIN_FILENO, text.data(), text.size());
        if (size <= 0) {
            is_input_open_ = false;
            return;
        }
        keys_.insert(keys_.end(), text.begin(), text.begin() + size);
    }

    bool read_display() {
        std::array<std::uint8_t, 256> bytes{};
        auto const size = ::recv(descriptor_, bytes.data(), bytes.size(), 0);
        if (size <= 0) {
            return false;
        }
        for (ssize_t i = 0; i < size; ++i) {
            std::uint8_t const byte = bytes[static_cast<std::size_t>(i)];
            if (byte == shown_begins) {
                shown_.clear();
            } else if (byte == shown_ends && shown_.size() == 2 * line_size) {
                show();
            } else if (shown_.size() < 2 * line_size) {
                shown_.push_back(byte);
            }
        }
        return true;
    }

    void show() {
        apdu::ByteView const both{shown_};
        std::cout << '[' << text_of_line(both.first(line_size)) << '|'
                  << text_of_line(both.last(line_size)) << ']' << std::endl;
        waits_ = false;
    }

    int descriptor_;
    std::deque<char>& keys_;
    bool& is_input_open_;
    bool waits_ = false;
    Bytes shown_{};
};

} // namespace

int run_pad(PadOptions const& options, StopEvent const& stop) {
    std::deque<char> keys;
    bool is_input_open = true;
    bool has_told = false;
    while (!stop.is_stopped()) {
        int const descriptor = connect_to(options.link);
        if (descriptor < 0) {
            if (!has_told) {
                std::cerr << "waiting for a terminal at " << options.link.string() << std::endl;
            }
            has_told = true;
            (void)stop.wait(pad_connect_again);
            continue;
        }
        has_told = false;
        PadLine{descriptor, keys, is_input_open}.serve(stop);
    }
    return exit_ended;
}

} // namespace virtual_card
