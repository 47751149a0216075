#pragma once

#include "apdu/card_layout.hpp"

#include <string>

namespace apdu {

/// A card's tables as people read them beside the standard: one line a directory, a file, an item
/// and a part; tags, sizes and FIDs in hex, record numbers and counts in decimal.
std::string layout_text(CardLayout const& layout);

} // namespace apdu
