#pragma once

#include "host/session/fault.hpp"

#include "apdu/card_layout.hpp"
#include "apdu/text_profile.hpp"

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace session {

/// One item as a caller wants it written.
struct ItemValue {
    std::string name;               ///< the file table's
    std::size_t occurrence = 1;     ///< which of the records of that item
    std::string text{};             ///< as apdu::encode_item() takes it; empty: unpersonalized
    std::vector<ItemValue> parts{}; ///< of a constructed item, instead of a text
};

/// A record with its head, and its place in the file.
struct NumberedRecord {
    std::uint8_t number;
    std::vector<std::uint8_t> record;
};

/// Tells what is wrong with `text` as the value of an item, at that JSON pointer;
/// personalization::item_problem is one.
using ItemProblem =
    std::function<Problem(std::string where, apdu::Item const& item, std::string_view text,
                          apdu::Error error, apdu::TextProfile profile)>;

/// The records of a variable or fixed record file that `values` are written as, in the order of
/// their numbers. Parts that are not named get their unpersonalized form. Faults: unknown_item
/// (nothing else is wrong), request_invalid; `problems` lists all that is wrong, by JSON pointers
/// such as "/worker_qualification/1/issue_date" (an occurrence counts from 0 there).
/// require: not a transparent or cyclic file.
[[nodiscard]] Outcome<std::vector<NumberedRecord>>
records_of_values(apdu::ElementaryFile const& file, std::span<ItemValue const> values,
                  apdu::TextProfile profile, ItemProblem const& problem);

/// The record of a cyclic file whose fields are `values`. Faults as above.
[[nodiscard]] Outcome<std::vector<std::uint8_t>>
cyclic_record_of_values(apdu::ElementaryFile const& file, std::span<ItemValue const> values,
                        apdu::TextProfile profile, ItemProblem const& problem);

} // namespace session
