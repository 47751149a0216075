#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace cli {

/// What `sscard` tells a script by its exit status.
enum class ExitCode : std::uint8_t {
    done = 0,
    other = 1,
    usage = 2,
    no_daemon = 3,
    reader = 4,
    no_card = 5,
    card_unusable = 6,
    pin_wrong = 7,
    pin_blocked = 8,
    policy = 9,
    authentication = 10,
    record_invalid = 11,
    card_refused = 12,
};

/// One exit status, as --help and docs tell it. `meaning` is a key of the translations.
struct ExitCodeMeaning {
    ExitCode code;
    char const* meaning;
};

/// All of them, in their order.
[[nodiscard]] std::span<ExitCodeMeaning const> exit_code_meanings();

/// The exit status for a fault of that code; `other` for a code that this program does not know.
[[nodiscard]] ExitCode exit_code_of(std::string_view fault_code);

} // namespace cli
