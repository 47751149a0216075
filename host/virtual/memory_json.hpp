#pragma once

#include "host/virtual/card_memory.hpp"

#include "apdu/result.hpp"

#include <nlohmann/json.hpp>

#include <string>

namespace virtual_card {

/// A card's memory as JSON; bytes are hex.
[[nodiscard]] nlohmann::json json_of(CardMemory const& memory);

/// The memory that such JSON is of, or the place of the first thing that is no part of a card:
/// "/directories/3/files/1/size". Whatever it gives can be worked with.
[[nodiscard]] apdu::Result<CardMemory, std::string> memory_from(nlohmann::json const& json);

} // namespace virtual_card
