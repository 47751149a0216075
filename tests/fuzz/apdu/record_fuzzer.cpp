// Records that parse are written back as the very bytes.

#include "apdu/record.hpp"

#include <vector>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    apdu::ByteView const bytes{data, size};
    apdu::RecordReader reader{bytes};
    std::vector<std::uint8_t> written;
    std::size_t count = 0;
    while (!reader.at_end()) {
        auto const record = reader.next();
        if (!record.ok()) {
            apdu::require(record.error() == apdu::Error::truncated);
            break;
        }
        ++count;
        std::vector<std::uint8_t> out(record.value().size());
        auto const out_size = apdu::write_record(record.value(), out);
        apdu::require(out_size.ok() && out_size.value() == out.size());
        written.insert(written.end(), out.begin(), out.end());
        apdu::require(apdu::find_record(bytes, record.value().tag).ok());
    }
    apdu::require(apdu::equal_bytes(written, bytes.first(written.size())));
    apdu::require(!reader.at_end() || written.size() == size);
    auto const one = apdu::parse_record(bytes);
    apdu::require(one.ok() == (count == 1 && reader.at_end()));
    return 0;
}
