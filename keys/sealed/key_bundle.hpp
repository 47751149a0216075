#pragma once

#include "keys/terminal_key_place.hpp"

#include <vector>

namespace keys::sealed {

/// Keys on their way into a store.
struct KeyBundle {
    KeyBundle() = default;
    /// Keys of cards alone.
    KeyBundle(std::vector<MasterKey> of_cards) : cards{std::move(of_cards)} {}
    std::vector<MasterKey> cards{};
    std::vector<TerminalBdk> bdks{};
    std::vector<TerminalTransportKey> transport_keys{};
};

} // namespace keys::sealed
