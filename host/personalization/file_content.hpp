#pragma once

#include "host/personalization/item_problem.hpp"
#include "host/personalization/json_text.hpp"
#include "host/personalization/person_record.hpp"

namespace personalization {

/// What checking a person's record writes down as it goes.
struct Findings {
    Problems problems{};
    Problems warnings{};
};

/// What `members` (the JSON of one file) gives for that file, encoded; faults go to `findings`.
/// Items that the structure stage makes are left out (see repeated_items()).
[[nodiscard]] FileContent file_content(apdu::FilePlace place, Json const& members,
                                       std::string const& where, apdu::TextProfile profile,
                                       Findings& findings);

/// The items of `members` that the structure stage makes; faults go to `findings`.
[[nodiscard]] std::vector<RepeatedItem> repeated_items(apdu::FilePlace place, Json const& members,
                                                       std::string const& where,
                                                       apdu::TextProfile profile,
                                                       Findings& findings);

/// The value of one occurrence of `item` from JSON: text for a simple item, an object of its parts
/// for a constructed one. Has the item's size; the unpersonalized form where there was a fault.
[[nodiscard]] std::vector<std::uint8_t> item_value(apdu::Item const& item, Json const& json,
                                                   std::string const& where,
                                                   apdu::TextProfile profile, Findings& findings);

/// The content of a transparent file from base64, checked against the file.
[[nodiscard]] std::vector<std::uint8_t> binary_content(apdu::FilePlace place, Json const& json,
                                                       std::string const& where,
                                                       Findings& findings);

} // namespace personalization
