#pragma once

#include "host/virtual/given_texts.hpp"

namespace virtual_card {

/// What of the faults, and of --back-after, could never come to pass with the card that `options`
/// describe, each in words.
[[nodiscard]] std::vector<std::string> idle_faults(GivenTexts const& given,
                                                   CardOptions const& options);

} // namespace virtual_card
