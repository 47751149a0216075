#pragma once

#include "host/personalization/making.hpp"

#include <vector>

namespace personalization {

/// How many chips TransportKeyRefusals remembers; the oldest is forgotten first.
inline constexpr std::size_t transport_key_refusals_max = 1024;

/// Chips that refused the transport key, by their historical bytes: it is not tried a second time
/// by itself. Not for several threads at once.
class TransportKeyRefusals {
public:
    /// The chip has refused the transport key.
    [[nodiscard]] bool contains(HistoricalBytes const& chip) const;
    /// Remembers a chip that refused it.
    void add(HistoricalBytes const& chip);
    /// Lets the transport key be tried once more, because a person said so.
    void forget(HistoricalBytes const& chip);

private:
    std::vector<HistoricalBytes> chips_{};
};

} // namespace personalization
