#include "keys/terminal_record.hpp"

#include "tests/fuzz/require_so.hpp"

#include "keys/openssl/evp_aes.hpp"

#include <algorithm>
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

/// A record with registers, or of a terminal that is only provisioned.
Bytes good_record(bool is_loaded) {
    Bytes const key(16, 0x5A);
    std::optional<keys::TerminalKeys> made;
    made.emplace(keys::InitialKeyId{{1, 2, 3, 4, 5, 6, 7, 8}},
                 keys::KeyBlockKey{keys::AesSize::aes128, key});
    if (is_loaded) {
        keys::openssl::EvpAes cipher;
        keys::InitialKey initial{keys::AesSize::aes128, key};
        require_so(made->dukpt.reload(cipher, std::move(initial)).ok());
        made->initial_size = keys::AesSize::aes128;
    }
    MemoryPlace place{Bytes(keys::terminal_record_size)};
    require_so(keys::write_record(place, *made, 7));
    return place.bytes;
}

} // namespace

/// The first byte: which record, and whether the checksum is made right. Then changes to the
/// record: two bytes for the place, one that is added there.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    static std::array const records{good_record(false), good_record(true)};
    if (size == 0) {
        return 0;
    }
    Bytes record = records[data[0] % 2];
    bool const is_mended = data[0] / 2 % 2 != 0;
    for (std::size_t i = 1; i + 2 < size; i += 3) {
        // Most of them in the head.
        std::size_t const place =
            data[i] % 4 != 0 ? data[i + 1] % 32U : data[i] * 256U + data[i + 1];
        std::uint8_t& byte = record[place % record.size()];
        byte = static_cast<std::uint8_t>(byte + data[i + 2]);
    }
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
