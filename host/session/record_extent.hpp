#pragma once

#include "apdu/card_layout.hpp"

#include <optional>

namespace session {

/// Records are numbered 1…254. ISO/IEC 7816-4:2020 §7.3.3.
inline constexpr std::size_t record_number_max = 254;

/// The whole records at the start of some bytes.
struct RecordExtent {
    std::size_t count; ///< whole records
    std::size_t size;  ///< bytes of them; what follows is a part of one
};

/// Counts the whole records of `bytes`, which were read from `file`: by their heads, or for a
/// cyclic file by the record's size.
[[nodiscard]] RecordExtent extent_of(apdu::ElementaryFile const& file, apdu::ByteView bytes);

/// What one "from P1 to last" brings by the file table.
struct ExpectedRecords {
    std::size_t size;      ///< bytes, at most 256
    bool are_all_the_rest; ///< the table has no record behind these; false for a cyclic file
};

/// The records from `number` on that one short answer holds.
[[nodiscard]] ExpectedRecords expected_from(apdu::ElementaryFile const& file, std::size_t number);

/// Which item of a variable or fixed record file stands in a record, and which of its occurrences.
struct NumberedItem {
    apdu::Item const* item;
    std::size_t occurrence; ///< from 1
};

/// The item of record `number`, from 1, or nothing beyond the table.
[[nodiscard]] std::optional<NumberedItem> item_of_record(apdu::ElementaryFile const& file,
                                                         std::size_t number);

/// The number of the record with that occurrence, from 1, of that item of `file`.
/// require: the item is the file's, and has that occurrence.
[[nodiscard]] std::uint8_t record_number_of(apdu::ElementaryFile const& file,
                                            apdu::Item const& item, std::size_t occurrence);

/// Bytes of record `number` with its head by the table; 256 beyond it.
[[nodiscard]] std::size_t record_size_of(apdu::ElementaryFile const& file, std::size_t number);

} // namespace session
