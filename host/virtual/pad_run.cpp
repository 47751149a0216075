#include "host/virtual/pad_run.hpp"

#include "host/virtual/input_lines.hpp"
#include "host/virtual/pad_display.hpp"
#include "host/virtual/stream_connection.hpp"

#include <unistd.h>

#include <iostream>

namespace virtual_card {
namespace {

constexpr std::chrono::seconds pad_patience{30};
constexpr char wait_mark = ',';

/// Keys that are still to be pressed, and where they have to wait.
class Keys {
public:
    void add(std::string const& characters) { waiting_ += characters; }
    void display_changed() { is_waiting_ = false; }

    /// The keys up to the next wait.
    Bytes take() {
        Bytes keys;
        while (!is_waiting_ && !waiting_.empty()) {
            char const character = waiting_.front();
            waiting_.erase(0, 1);
            is_waiting_ = character == wait_mark;
            if (auto const key = key_of(character)) {
                keys.push_back(*key);
            } else if (!is_waiting_) {
                std::cerr << "no such key: " << character << std::endl;
            }
        }
        return keys;
    }

private:
    std::string waiting_{};
    bool is_waiting_ = false;
};

/// @returns false when the terminal has gone.
bool show(StreamConnection& stream, PadDisplay& display, std::string& shown, Keys& keys) {
    auto const bytes = stream.receive();
    if (!bytes) {
        return false;
    }
    for (std::uint8_t const byte : *bytes) {
        auto const text = display.take(byte);
        if (text && *text != shown) {
            shown = *text;
            std::cout << shown << std::endl;
            keys.display_changed();
        }
    }
    return true;
}

} // namespace

int run_pad(PadOptions const& options, StopEvent const& stop) {
    auto stream = StreamConnection::open(options.link, pad_patience, stop);
    if (!stream) {
        std::cerr << "sscard-virtual: nobody listens at " << options.link.string() << std::endl;
        return exit_no_card;
    }
    PadDisplay display;
    std::string shown;
    Keys keys;
    InputLines input{STDIN_FILENO};
    while (true) {
        auto const ready = wait_for(*stream, input.descriptor(), stop, std::nullopt);
        if (ready.is_stopped) {
            return exit_ended;
        }
        if (ready.has_stream && !show(*stream, display, shown, keys)) {
            return exit_ended;
        }
        if (ready.has_input) {
            keys.add(input.take_characters());
        }
        Bytes const pressed = keys.take();
        if (!stream->send(pressed)) {
            return exit_ended;
        }
    }
}

} // namespace virtual_card
