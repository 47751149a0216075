#pragma once

#include "host/session/fault.hpp"

#include "apdu/card_layout.hpp"
#include "apdu/error.hpp"
#include "apdu/text_profile.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace personalization {

using Problems = std::vector<session::Problem>;

/// The stable name of an error as a problem's code: "wrong_check_digit".
[[nodiscard]] std::string_view problem_code(apdu::Error error);

/// What is wrong with `text` as the value of `item`, told so that a person can put it right: the
/// value, what would fit, the character that cannot be encoded, the check digit that it should be.
[[nodiscard]] session::Problem item_problem(std::string where, apdu::Item const& item,
                                            std::string_view text, apdu::Error error,
                                            apdu::TextProfile profile);

/// What is wrong with text whatever its item: a control character. Nothing when all is well.
[[nodiscard]] Problems text_problems(std::string const& where, std::string_view text);

/// The codes that an item's code table has, shortest first and in ascending order; none for an item
/// without one.
[[nodiscard]] std::vector<std::string> codes_of(apdu::Item const& item);

} // namespace personalization
