#pragma once

#include "apdu/bytes.hpp"
#include "apdu/result.hpp"

namespace apdu {

/// Bytes of a record's tag and length.
inline constexpr std::size_t record_head_size = 2;

/// One record of a card's record file: tag (1), length (1), value; also a part inside a constructed
/// item. Not BER: every tag is one byte, every length one byte 00…FF. card.md §1.4. Borrows its
/// value.
struct Record {
    std::uint8_t tag;
    ByteView value;
    /// Bytes of the whole record, tag and length included.
    [[nodiscard]] constexpr std::size_t size() const { return record_head_size + value.size(); }
};

/// Reads records that follow each other, as "from P1 to last" answers them or a constructed item
/// holds them.
class RecordReader {
public:
    explicit RecordReader(ByteView bytes) : rest_{bytes} {}
    [[nodiscard]] bool at_end() const { return rest_.empty(); }
    /// The next record. Errors: not_found (at the end), truncated. After an error the reader stays
    /// where it is.
    [[nodiscard]] Result<Record> next();

private:
    ByteView rest_;
};

/// Exactly one record. Errors: truncated, trailing_bytes.
[[nodiscard]] Result<Record> parse_record(ByteView bytes);

/// The `occurrence`-th (from 1) record with that tag. Errors: not_found, truncated.
/// require: occurrence ≥ 1.
[[nodiscard]] Result<Record> find_record(ByteView bytes, std::uint8_t tag,
                                         std::size_t occurrence = 1);

/// Writes tag, length, value; returns bytes written. Errors: too_long (value over 255),
/// buffer_too_small; `out` is then untouched.
[[nodiscard]] Result<std::size_t> write_record(Record record, ByteSpan out);

} // namespace apdu
