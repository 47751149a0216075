#pragma once

#include "apdu/require.hpp"

#include <cstddef>
#include <string_view>

namespace apdu {

/// The part of `text` from `at` on, `size` characters long; borrows `text`. For
/// string_view::substr, whose exception would bring the heap into a terminal. require: the part
/// lies inside `text`.
constexpr std::string_view slice(std::string_view text, std::size_t at, std::size_t size) {
    require(at <= text.size() && size <= text.size() - at);
    return {text.data() + at, size};
}

/// The part of `text` from `at` to its end. require: at ≤ text.size().
constexpr std::string_view slice_from(std::string_view text, std::size_t at) {
    require(at <= text.size());
    return {text.data() + at, text.size() - at};
}

} // namespace apdu
