#include "host/session/record_extent.hpp"

#include "apdu/command.hpp"
#include "apdu/record.hpp"

namespace session {

using apdu::ElementaryFile;
using apdu::FileType;

RecordExtent extent_of(ElementaryFile const& file, apdu::ByteView bytes) {
    if (file.type == FileType::cyclic) {
        std::size_t const count = bytes.size() / file.size;
        return {count, count * file.size};
    }
    RecordExtent extent{0, 0};
    apdu::RecordReader reader{bytes};
    for (auto record = reader.next(); record.ok(); record = reader.next()) {
        ++extent.count;
        extent.size += record.value().size();
    }
    return extent;
}

ExpectedRecords expected_from(ElementaryFile const& file, std::size_t number) {
    if (file.type == FileType::cyclic) {
        return {apdu::short_ne_max / file.size * file.size, false};
    }
    std::size_t size = 0;
    std::size_t const count = apdu::record_count(file);
    for (; number <= count; ++number) {
        std::size_t const next = record_size_of(file, number);
        if (size + next > apdu::short_ne_max) {
            break;
        }
        size += next;
    }
    return {size == 0 ? apdu::short_ne_max : size, number > count};
}

std::optional<NumberedItem> item_of_record(ElementaryFile const& file, std::size_t number) {
    apdu::require(number >= 1);
    for (apdu::Item const& item : file.items) {
        if (number <= item.occurrences) {
            return NumberedItem{&item, number};
        }
        number -= item.occurrences;
    }
    return std::nullopt;
}

std::uint8_t record_number_of(ElementaryFile const& file, apdu::Item const& item,
                              std::size_t occurrence) {
    apdu::require(occurrence >= 1 && occurrence <= item.occurrences);
    std::size_t before = 0;
    for (apdu::Item const& other : file.items) {
        if (&other == &item) {
            return static_cast<std::uint8_t>(before + occurrence);
        }
        before += other.occurrences;
    }
    apdu::require(false);
    return 0;
}

std::size_t record_size_of(ElementaryFile const& file, std::size_t number) {
    if (file.type == FileType::cyclic) {
        return file.size;
    }
    auto const numbered = item_of_record(file, number);
    return numbered.has_value() ? apdu::record_head_size + numbered->item->size
                                : apdu::short_ne_max;
}

} // namespace session
