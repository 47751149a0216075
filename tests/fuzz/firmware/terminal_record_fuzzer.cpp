#include "keys/terminal_record.hpp"

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace {

using Bytes = std::vector<std::uint8_t>;

class MemoryPlace final : public keys::RecordPlace {
public:
    explicit MemoryPlace(Bytes content) : bytes{std::move(content)} {}

    void read(std::size_t offset, apdu::ByteSpan out) override {
        apdu::copy_bytes(apdu::ByteView{bytes}.subspan(offset, out.size()), out);
    }
    bool write(std::size_t offset, apdu::ByteView from) override {
        apdu::copy_bytes(from, apdu::ByteSpan{bytes}.subspan(offset));
        return true;
    }

    Bytes bytes;
};

constexpr std::size_t checksum_at = keys::terminal_record_size - 16;

void require_so(bool holds) {
    if (!holds) {
        std::abort();
    }
}

/// The checksum of the first part, so that the fuzzer gets past it.
void put_checksum(Bytes& record) {
    std::uint32_t crc = 0xFFFFFFFFU;
    for (std::size_t i = 0; i < 8 * checksum_at; ++i) {
        std::uint32_t const bit = (crc ^ record[i / 8] >> i % 8) & 1U;
        crc = crc >> 1U ^ (bit != 0 ? 0xEDB88320U : 0);
    }
    for (unsigned i = 0; i < 4; ++i) {
        record[checksum_at + i] = static_cast<std::uint8_t>(crc >> 8 * i);
        record[checksum_at + 4 + i] = static_cast<std::uint8_t>(~crc >> 8 * i);
    }
}

} // namespace

/// The first byte: whether the checksum is made right. The rest: a record's start; then zeros.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    Bytes record(keys::terminal_record_size);
    std::copy_n(data + 1, std::min(size - 1, record.size()), record.begin());
    bool const is_mended = data[0] % 2 != 0;
    if (is_mended) {
        put_checksum(record);
    }
    MemoryPlace place{record};
    require_so(!is_mended || keys::find_record(place).is_whole());
    std::optional<keys::TerminalKeys> read;
    if (!keys::read_record(place, read)) {
        require_so(!read);
        return 0;
    }
    MemoryPlace again{Bytes(record.size())};
    require_so(keys::write_record(again, *read, keys::find_record(place).sequence));
    require_so(std::equal(record.begin(), record.end() - 8, again.bytes.begin()));
    return 0;
}
