#pragma once

#include "apdu/item_codec.hpp"

#include <span>

namespace apdu {

/// One code of a table as it stands on the card, and what it means; empty where the standard's
/// meaning is not at hand.
struct CodeRow {
    std::string_view code;
    CodeMeaning meaning;
};

/// All codes of a table in the standard's order; none for CodeTable::none. Static lifetime.
/// card.md §1.12.
[[nodiscard]] std::span<CodeRow const> code_rows(CodeTable table);

} // namespace apdu
