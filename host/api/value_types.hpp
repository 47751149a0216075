#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace api {

/// A person's record as JSON text. In a message it is a string that holds the document's text, so
/// that faults can name its lines, or the document's object itself.
struct RecordText {
    std::string text{};
};

/// Any JSON value, kept as its text. In a message it is the value itself.
struct JsonText {
    std::string text{};
};

/// A value of an enumeration and its name in messages. A message's enumeration `E` has a function
/// `enum_names(E)` beside it that gives an array of these.
template <typename E>
struct EnumName {
    E value;
    std::string_view name;
};

/// The name of an enumeration's value; empty for a value without one.
template <typename E>
[[nodiscard]] constexpr std::string_view name_of(E value) {
    for (auto const& row : enum_names(value)) {
        if (row.value == value) {
            return row.name;
        }
    }
    return {};
}

} // namespace api
