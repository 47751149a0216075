#pragma once

#include "apdu/card_layout.hpp"

#include <vector>

namespace personalization {

/// One READ RECORD "from P1 to last".
struct RecordRead {
    std::uint8_t number; ///< of the first record
    std::size_t size;    ///< bytes of the answer
};

/// The commands that read all records of a file, whole records and 256 bytes at most in each
/// answer.
[[nodiscard]] std::vector<RecordRead> reads_of_all(apdu::ElementaryFile const& file);

/// True when so many records of a file are read with no more commands one by one than all together
/// (and with fewer bytes).
[[nodiscard]] bool are_read_singly(std::size_t record_count, apdu::ElementaryFile const& file);

} // namespace personalization
