#include "host/personalization/transport_key_refusals.hpp"

#include <algorithm>

namespace personalization {

bool TransportKeyRefusals::contains(HistoricalBytes const& chip) const {
    return std::find(chips_.begin(), chips_.end(), chip) != chips_.end();
}

void TransportKeyRefusals::add(HistoricalBytes const& chip) {
    if (contains(chip)) {
        return;
    }
    if (chips_.size() == transport_key_refusals_max) {
        chips_.erase(chips_.begin());
    }
    chips_.push_back(chip);
}

void TransportKeyRefusals::forget(HistoricalBytes const& chip) {
    chips_.erase(std::remove(chips_.begin(), chips_.end(), chip), chips_.end());
}

} // namespace personalization
