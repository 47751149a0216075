#pragma once

// A board without hardware for tests of the terminal's core: time goes on when the test says so, a
// card answers by a script.
#include "firmware/hal/board.hpp"

#include <cstdint>
#include <deque>
#include <string>
#include <utility>
#include <vector>

namespace terminal {

using Bytes = std::vector<std::uint8_t>;

/// A clock that goes on by a little at each look, so that nothing waits for ever.
class TestClock final : public hal::Clock {
public:
    std::uint64_t now_us() override { return us_ += 1; }
    void wait_us(std::uint64_t us) { us_ += us; }

private:
    std::uint64_t us_ = 0;
};

/// A card that answers to resets and to what is sent by a script, and notes what happens at its
/// contacts.
class ScriptedLine final : public hal::CardLine {
public:
    /// Once all of `sent` has come since the last answer, `answer` comes back.
    struct Turn {
        Bytes sent;
        std::vector<Character> answer;
    };

    bool is_in = true;
    std::uint32_t lag = 0; ///< us
    /// What comes after each reset, the last one for all further ones; the class that it needs.
    std::vector<std::vector<Character>> atrs{};
    std::optional<hal::VoltageClass> needed_voltage{};
    std::deque<Turn> script{};
    bool refuses = false; ///< signals an error for each character
    std::vector<std::string> events{};
    hal::CharacterFormat format{};
    Bytes sent{}; ///< since the last answer
    std::deque<Character> coming{};

    bool is_card_in() override { return is_in; }
    std::uint32_t clock_hz() const override { return 4'000'000; }
    std::uint32_t lag_us() const override { return lag; }
    void set_supply(std::optional<hal::VoltageClass> voltage) override {
        voltage_ = voltage;
        events.push_back(voltage ? std::string{"VCC "} + "ABC"[static_cast<int>(*voltage)]
                                 : "VCC off");
    }
    void set_clock(bool is_running) override { events.push_back(is_running ? "CLK" : "CLK off"); }
    void set_reset(bool is_high) override {
        events.push_back(is_high ? "RST high" : "RST low");
        bool const answers = is_high && is_in && (!needed_voltage || needed_voltage == voltage_);
        if (answers && !atrs.empty()) {
            coming.assign(atrs.front().begin(), atrs.front().end());
            if (atrs.size() > 1) {
                atrs.erase(atrs.begin());
            }
        }
    }
    void set_io(bool is_high) override {
        events.push_back(is_high ? "I/O high" : "I/O low");
        coming.clear();
    }
    void set_format(hal::CharacterFormat const& wanted) override { format = wanted; }
    void send(std::uint8_t character) override {
        sent.push_back(character);
        if (!script.empty() && script.front().sent == sent) {
            coming.insert(coming.end(), script.front().answer.begin(), script.front().answer.end());
            script.pop_front();
            sent.clear();
        }
    }
    Sending sending() override {
        return refuses && !sent.empty() ? Sending::refused : Sending::idle;
    }
    std::optional<Character> receive() override {
        if (coming.empty()) {
            return std::nullopt;
        }
        Character const next = coming.front();
        coming.pop_front();
        return next;
    }

private:
    std::optional<hal::VoltageClass> voltage_{};
};

/// Characters of right parity.
inline std::vector<hal::CardLine::Character> good(Bytes const& bytes) {
    std::vector<hal::CardLine::Character> characters;
    for (std::uint8_t const byte : bytes) {
        characters.push_back({byte, false});
    }
    return characters;
}

} // namespace terminal
