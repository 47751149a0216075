#pragma once

#include "apdu/card_layout.hpp"

#include <string>

namespace session {

/// The text of a simple item's value as a card gave it, UTF-8, as apdu::decode_item() tells it. A
/// value that cannot be told so is never refused: text keeps U+FFFD for what is no text, anything
/// else is told in hex. Empty where unpersonalized. require: the item is not constructed.
[[nodiscard]] std::string item_text(apdu::Item const& item, apdu::ByteView value);

/// The value of the first record with that tag among `records`; empty where there is none.
[[nodiscard]] apdu::ByteView value_of_record(apdu::ByteView records, std::uint8_t tag);

/// The item with that tag, or nothing. require: a variable or fixed record file.
[[nodiscard]] apdu::Item const* find_item(std::span<apdu::Item const> items, std::uint8_t tag);

} // namespace session
