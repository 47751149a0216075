#pragma once

#include "apdu/key_name.hpp"

namespace keys {

inline constexpr std::uint8_t key_version_max = 3;

/// One key of a card: its name and its group 1…3. card.md §3.2.
struct KeyReference {
    apdu::KeyName name;
    std::uint8_t version = 1;
};

} // namespace keys
