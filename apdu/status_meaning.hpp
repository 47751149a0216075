#pragma once

#include "apdu/instruction.hpp"
#include "apdu/status_word.hpp"

#include <string_view>

namespace apdu {

/// What a status word means on this card and what to do about it, in plain words. Static lifetime.
struct StatusMeaning {
    std::string_view meaning_en;
    std::string_view advice_en;
    std::string_view meaning_zh;
    std::string_view advice_zh;
};

/// The meaning of `status` as the answer to `ins` (6A81 is a blocked card for some, an unknown
/// function for others). Never empty: an unknown value is told by its class (SW1), else as unknown.
/// card.md §4.2.
[[nodiscard]] StatusMeaning meaning_of(StatusWord status, Ins ins);

} // namespace apdu
