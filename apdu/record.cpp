#include "apdu/record.hpp"

namespace apdu {

Result<Record> RecordReader::next() {
    if (rest_.empty()) {
        return Error::not_found;
    }
    if (rest_.size() < record_head_size) {
        return Error::truncated;
    }
    std::size_t const size = rest_[1];
    if (rest_.size() < record_head_size + size) {
        return Error::truncated;
    }
    Record const record{rest_[0], rest_.subspan(record_head_size, size)};
    rest_ = rest_.subspan(record.size());
    return record;
}

Result<Record> parse_record(ByteView bytes) {
    if (bytes.empty()) {
        return Error::truncated;
    }
    RecordReader reader{bytes};
    Result<Record> record = reader.next();
    if (record.ok() && !reader.at_end()) {
        return Error::trailing_bytes;
    }
    return record;
}

Result<Record> find_record(ByteView bytes, std::uint8_t tag, std::size_t occurrence) {
    require(occurrence >= 1);
    RecordReader reader{bytes};
    while (true) {
        Result<Record> record = reader.next();
        if (!record.ok()) {
            return record; // not_found at the end of the bytes
        }
        if (record.value().tag == tag && --occurrence == 0) {
            return record;
        }
    }
}

Result<std::size_t> write_record(Record record, ByteSpan out) {
    constexpr std::size_t value_size_max = 255;
    if (record.value.size() > value_size_max) {
        return Error::too_long;
    }
    if (out.size() < record.size()) {
        return Error::buffer_too_small;
    }
    out[0] = record.tag;
    out[1] = static_cast<std::uint8_t>(record.value.size());
    copy_bytes(record.value, out.subspan(record_head_size));
    return record.size();
}

} // namespace apdu
