#pragma once

#include <cstdint>

namespace session {

/// What P1 of READ RECORD and UPDATE RECORD means: the low three bits of P2. card.md §4.1.
enum class RecordReference : std::uint8_t {
    first_with_identifier = 0,
    last_with_identifier = 1,
    next_with_identifier = 2,
    previous = 3, ///< in UPDATE RECORD of a cyclic file: a new record
    number = 4,
    number_to_last = 5,
};

} // namespace session
