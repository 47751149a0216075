#pragma once

#include "host/virtual/card.hpp"

#include "apdu/result.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace virtual_card {

/// A card's memory as a state file holds it: a first line with length and checksum, then JSON.
[[nodiscard]] std::string state_text(CardMemory const& memory);

/// The memory of such a text, or why it cannot be gone on from: of another program, cut off or
/// changed since it was written.
[[nodiscard]] apdu::Result<CardMemory, std::string> memory_from_state(std::string_view text);

/// A card's memory in a file. It holds the card's keys in the clear; only its owner may read it.
class StateFile final : public MemoryStore {
public:
    explicit StateFile(std::filesystem::path path) : path_{std::move(path)} {}

    /// True when there is a file to go on from.
    [[nodiscard]] bool exists() const;

    /// What the file holds, or why it cannot be gone on from: not readable, or as
    /// memory_from_state().
    [[nodiscard]] apdu::Result<CardMemory, std::string> load() const;

    /// Writes a new file beside the old, makes it safe, and puts it in the old one's place.
    [[nodiscard]] bool commit(CardMemory const& memory) override;

private:
    std::filesystem::path path_;
};

} // namespace virtual_card
