#pragma once

#include "tests/integration/terminal_keys.hpp"

#include "apdu/ccid/reader_functions.hpp"
#include "apdu/ccid/terminal_escape.hpp"

#include <gtest/gtest.h>

namespace integration {

/// Who sits at the terminal's PIN pad: reads its display, from now on, and presses its keys.
class Holder {
public:
    Holder();
    /// Waits until the display shows that, below what was waited for before; "|" is between its
    /// lines. The test fails where it does not come.
    void wait_for(std::string const& contents);
    /// Digits, "\n" enter, "c" clear, "x" cancel.
    static void press(std::string const& keys);
    /// The whole of it for one PIN, once it is asked for.
    void answer(std::string const& prompt, std::string const& keys) {
        wait_for(prompt + "|");
        press(keys + "\n");
    }

private:
    std::size_t seen_;
};

/// What a terminal answered to an Escape of its own.
struct TerminalAnswer {
    apdu::ccid::TerminalStatus status;
    std::vector<std::uint8_t> data;
};
[[nodiscard]] TerminalAnswer ask_terminal(apdu::ccid::ReaderFunctions& terminal,
                                          apdu::ccid::TerminalFunction function,
                                          std::vector<std::uint8_t> const& data = {});

/// An office whose only readers are those of the kiosk's terminal, with a card of the version that
/// is the parameter in the user slot.
class KioskTerminal : public testing::TestWithParam<std::string> {
protected:
    void SetUp() override;
    /// Leaves the terminal without keys, as a new one.
    void TearDown() override;

    /// As in a secure room, once: identity and transport key.
    void provision();
    /// That, and the initial key, of an office with make_keys_with_terminals().
    void give_terminal_its_keys();
    /// "empty", "provisioned" …
    [[nodiscard]] std::string keys_of_terminal() const;

    Office office_{};
};

} // namespace integration
