#pragma once

#include "host/virtual/card_memory.hpp"

#include "apdu/card_layout.hpp"

#include <nlohmann/json.hpp>

#include <string>

namespace virtual_card {

/// Faults of a person's record as they are found.
struct FaultList {
    std::vector<std::string> faults{};
    /// "/place/of/it: what"
    void add(std::string const& where, std::string_view what);
};

/// The value of one occurrence of an item, of the item's size: from text or a number, or from an
/// object of its parts. Faults go to `faults` with their JSON pointer; the rest of the value is
/// then in its unpersonalized form.
[[nodiscard]] Bytes item_value(apdu::Item const& item, nlohmann::json const& json,
                               std::string const& where, FaultList& faults);

/// Lists every member of `object` that is none of `items`. require: an object.
void refuse_unknown(nlohmann::json const& object, std::span<apdu::Item const> items,
                    std::string const& where, FaultList& faults);

} // namespace virtual_card
