#pragma once

#include "firmware/core/messages.hpp"
#include "firmware/hal/clock.hpp"
#include "firmware/hal/display.hpp"
#include "firmware/hal/pin_pad.hpp"

#include "apdu/ccid/pin_operation.hpp"
#include "keys/typed_pin.hpp"

namespace terminal {

/// What is to be typed.
struct PinDialogPlan {
    bool asks_current = true; ///< the PIN that holds now
    bool asks_new = false;
    bool is_confirmed = false; ///< the new one is typed twice
    std::uint8_t digits_min = 4;
    std::uint8_t digits_max = 12;
    apdu::ccid::EntryEnd end{};
    std::uint8_t timeout_s = 0; ///< for each key; 0: timeout_default_s
    Language language = Language::chinese;
    bool is_silent = false; ///< the display stays as it is but for the asterisks
};

/// Asks for PINs at the pad: prompts, an asterisk a digit, clear and cancel. One dialog at a time;
/// what was typed is wiped by clear().
class PinDialog {
public:
    /// Where it stands.
    enum class State : std::uint8_t { idle, typing, done, cancelled, timed_out };

    static constexpr std::uint8_t timeout_default_s = 30;
    /// How often a new PIN may be typed twice differently before that counts as cancelled.
    static constexpr unsigned differing_max = 3;

    /// All must outlive it.
    PinDialog(hal::PinPad& pad, hal::Display& display, hal::Clock& clock)
        : pad_{pad}, display_{display}, clock_{clock} {}

    /// Asks for the first; keys that were pressed before do not count. require: idle.
    void begin(PinDialogPlan const& plan);
    /// Does what there is to do now; while nothing is asked for, keys are thrown away.
    State step();
    [[nodiscard]] State state() const { return state_; }

    /// Valid until clear(). require: done, and asked for.
    [[nodiscard]] keys::TypedPin const& current() const { return current_; }
    [[nodiscard]] keys::TypedPin const& fresh() const { return fresh_; }

    /// Wipes what was typed; the dialog is idle, whatever it was.
    void clear();
    /// Shows a line, with nothing below it.
    void show(Message message, Language language);

private:
    enum class Asked : std::uint8_t { current, fresh, again };

    void ask(Asked asked);
    void wait_anew();
    void prompt(Message message);
    void draw();
    void press(hal::PadKey key);
    void enter();
    void compare();
    void time_out();
    [[nodiscard]] keys::TypedPin& typed();

    hal::PinPad& pad_;
    hal::Display& display_;
    hal::Clock& clock_;
    PinDialogPlan plan_{};
    State state_ = State::idle;
    Asked asked_ = Asked::current;
    Message shown_ = Message::welcome;
    unsigned differing_ = 0;
    std::uint64_t until_us_ = 0;
    keys::TypedPin current_{};
    keys::TypedPin fresh_{};
    keys::TypedPin again_{};
};

} // namespace terminal
