#pragma once

#include "apdu/card_layout.hpp"

#include <string>
#include <vector>

namespace apdu {

/// Texts that an item takes and gives back unchanged: a short one, one that fills it, every code of
/// its table. Made-up values only.
std::vector<std::string> sample_texts(Item const& item);

} // namespace apdu
