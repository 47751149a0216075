#pragma once

#include "host/virtual/card_making.hpp"

#include "apdu/card_layout.hpp"

namespace virtual_card {

/// The directories and files that the structure stage leaves, closed and without keys, all items in
/// their unpersonalized form. cos-t514.md §4.
[[nodiscard]] std::vector<StoredDirectory> blank_directories(CardPlan const& plan,
                                                             apdu::CardLayout const& layout);

/// Where a directory of the layout stands in blank_directories(): the MF is 0, the SSSE 1.
[[nodiscard]] std::size_t index_of(apdu::CardLayout const& layout, apdu::Directory directory);

/// The record of an item before personalization: tag, length, value.
[[nodiscard]] Bytes unpersonalized_record(apdu::Item const& item);

} // namespace virtual_card
