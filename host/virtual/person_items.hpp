#pragma once

#include "host/virtual/card_memory.hpp"

#include "apdu/card_layout.hpp"

#include <string>
#include <string_view>

namespace virtual_card {

/// Writes the items of a person's record into a blank card's memory; the form is told at
/// make_personalized(). @returns every fault, each with its JSON pointer; the memory is half
/// written when there are any.
[[nodiscard]] std::vector<std::string>
write_person(CardMemory& memory, apdu::CardLayout const& layout, std::string_view json);

} // namespace virtual_card
