#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace api {

/// What a fault's code means, in English sentences that are also the keys of every translation.
struct FaultText {
    std::string_view code;
    std::uint16_t http_status;
    std::string_view what; ///< happened
    std::string_view why;
    std::string_view next; ///< what to do about it
};

/// The text of `code`, or nullptr for a code that this program does not know.
[[nodiscard]] FaultText const* find_fault_text(std::string_view code);

/// All texts, in the groups in which docs and help tell them.
[[nodiscard]] std::span<std::span<FaultText const> const> fault_text_groups();

} // namespace api
