#include "keys/custody/key_backup.hpp"

#include "keys/sealed/store_content.hpp"

#include <algorithm>

namespace keys::custody {
namespace {

constexpr std::array<std::uint8_t, 11> backup_start{'S', 'S', 'C', 'A', 'R', 'D',
                                                    'K', 'B', 0,   1,   0};
constexpr std::size_t test_at = 10;
constexpr std::size_t needed_at = 11;
constexpr std::size_t count_at = 12;
constexpr std::size_t number_at = 13;
constexpr std::size_t nonce_at = 29;
constexpr std::size_t proofs_at = 41;
constexpr std::size_t backup_tag_size = 16;

bool is_zero(apdu::ByteView bytes) {
    return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte == 0; });
}

} // namespace

std::array<std::uint8_t, backup_header_size> encode_header(BackupHeader const& header) {
    std::array<std::uint8_t, backup_header_size> bytes{};
    apdu::ByteSpan const out{bytes};
    apdu::copy_bytes(backup_start, out);
    bytes[test_at] = header.is_test ? 1 : 0;
    bytes[needed_at] = header.needed;
    bytes[count_at] = header.count;
    apdu::copy_bytes(header.number, out.subspan(number_at));
    apdu::copy_bytes(header.nonce, out.subspan(nonce_at));
    for (std::size_t i = 0; i < shares_max; ++i) {
        apdu::copy_bytes(header.proofs[i], out.subspan(proofs_at + i * header.proofs[i].size()));
    }
    return bytes;
}

CustodyResult<BackupHeader> parse_backup_header(apdu::ByteView file) {
    std::size_t const least = backup_header_size + sealed::content_head_size + backup_tag_size;
    std::size_t const most = backup_header_size + sealed::content_size_max + backup_tag_size;
    if (file.size() < least || file.size() > most ||
        !apdu::equal_bytes(file.first(test_at), apdu::ByteView{backup_start}.first(test_at)) ||
        file[test_at] > 1) {
        return CustodyFault::backup_malformed;
    }
    BackupHeader header;
    header.is_test = file[test_at] == 1;
    header.needed = file[needed_at];
    header.count = file[count_at];
    if (header.needed < 2 || header.count < header.needed || header.count > shares_max) {
        return CustodyFault::backup_malformed;
    }
    apdu::copy_bytes(file.subspan(number_at, header.number.size()), header.number);
    apdu::copy_bytes(file.subspan(nonce_at, header.nonce.size()), header.nonce);
    for (std::size_t i = 0; i < shares_max; ++i) {
        auto& proof = header.proofs[i];
        apdu::copy_bytes(file.subspan(proofs_at + i * proof.size(), proof.size()), proof);
        if (i >= header.count && !is_zero(proof)) {
            return CustodyFault::backup_malformed;
        }
    }
    return header;
}

} // namespace keys::custody
