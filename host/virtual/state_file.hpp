#pragma once

#include "host/virtual/card.hpp"

#include "apdu/result.hpp"

#include <filesystem>
#include <string>

namespace virtual_card {

/// A card's memory in a file: a first line with its length and checksum, then JSON. It holds the
/// card's keys in the clear; only its owner may read it.
class StateFile final : public MemoryStore {
public:
    explicit StateFile(std::filesystem::path path) : path_{std::move(path)} {}

    /// True when there is a file to go on from.
    [[nodiscard]] bool exists() const;

    /// What the file holds, or why it cannot be gone on from: not readable, cut off, changed since
    /// it was written, of another program.
    [[nodiscard]] apdu::Result<CardMemory, std::string> load() const;

    /// Writes a new file beside the old, makes it safe, and puts it in the old one's place.
    [[nodiscard]] bool commit(CardMemory const& memory) override;

private:
    std::filesystem::path path_;
};

} // namespace virtual_card
