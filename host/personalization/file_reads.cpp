#include "host/personalization/file_reads.hpp"

#include "host/session/record_extent.hpp"

namespace personalization {

std::vector<RecordRead> reads_of_all(apdu::ElementaryFile const& file) {
    std::vector<RecordRead> reads;
    std::size_t const count = apdu::record_count(file);
    for (std::size_t number = 1; number <= count;) {
        std::size_t const size = session::expected_from(file, number).size;
        reads.push_back({static_cast<std::uint8_t>(number), size});
        std::size_t const first = number;
        for (std::size_t taken = session::record_size_of(file, number);
             number <= count && taken <= size; taken += session::record_size_of(file, number)) {
            ++number;
        }
        if (number == first) {
            break;
        }
    }
    return reads;
}

bool are_read_singly(std::size_t record_count, apdu::ElementaryFile const& file) {
    return record_count <= reads_of_all(file).size();
}

} // namespace personalization
