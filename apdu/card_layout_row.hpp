#pragma once

#include "apdu/card_layout.hpp"

#include <array>

/// Words to write the rows of the card's tables with (card_layout_ssse.hpp, card_layout_df01.hpp
/// …); only card_layout.cpp includes them. Numbers are written as in card.md: tags and sizes in
/// hex.
namespace apdu::layout {

using enum Format;
using enum Content;
using enum FileType;
using enum KeyName;

inline constexpr Access anyone{AccessRule::free};
inline constexpr Access nobody{AccessRule::never};
inline constexpr Access with_pin{AccessRule::pin};

/// Of a file whose bytes are not told apart.
inline constexpr std::span<Item const> no_items{};

/// After EXTERNAL AUTHENTICATE with that key.
constexpr Access with(KeyName key) { return {AccessRule::key, key}; }
/// After VERIFY, or after EXTERNAL AUTHENTICATE with that key.
constexpr Access with_pin_or(KeyName key) { return {AccessRule::pin_or_key, key}; }
/// After VERIFY and EXTERNAL AUTHENTICATE with that key.
constexpr Access with_pin_and(KeyName key) { return {AccessRule::pin_and_key, key}; }

/// The row, laid out ahead of its use.
constexpr ElementaryFile preset(ElementaryFile file) {
    file.is_preset = true;
    return file;
}

/// The row, in which something is ASSUMED.
constexpr ElementaryFile assumed(ElementaryFile file) {
    file.is_assumed = true;
    return file;
}

/// The row of a file that the card's operating system keeps for itself.
constexpr ElementaryFile internal(ElementaryFile file) {
    file.is_internal = true;
    return file;
}

} // namespace apdu::layout
