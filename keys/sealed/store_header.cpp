#include "keys/sealed/store_header.hpp"

#include "keys/sealed/store_content.hpp"

#include <openssl/sha.h>

#include <algorithm>

namespace keys::sealed {
namespace {

constexpr std::array<std::uint8_t, 8> magic{'S', 'S', 'C', 'A', 'R', 'D', 'K', 'S'};
constexpr std::size_t version_end = 10;
constexpr std::size_t check_at = 76;
constexpr std::size_t check_size = header_size - check_at;
using Digest = std::array<std::uint8_t, SHA256_DIGEST_LENGTH>;

Digest digest_of(apdu::ByteView bytes) {
    Digest digest{};
    SHA256(bytes.data(), bytes.size(), digest.data());
    return digest;
}

/// Writes one field after the other.
class FieldWriter {
public:
    explicit FieldWriter(apdu::ByteSpan out) : out_{out} {}
    void bytes(apdu::ByteView value) {
        apdu::copy_bytes(value, out_);
        out_ = out_.subspan(value.size());
    }
    void number(std::uint32_t value, std::size_t size) {
        for (std::size_t i = size; i > 0; --i) {
            out_[size - i] = static_cast<std::uint8_t>(value >> (8 * (i - 1)));
        }
        out_ = out_.subspan(size);
    }

private:
    apdu::ByteSpan out_;
};

/// Reads them in the same order.
class FieldReader {
public:
    explicit FieldReader(apdu::ByteView in) : in_{in} {}
    void bytes(apdu::ByteSpan value) {
        apdu::copy_bytes(in_.first(value.size()), value);
        in_ = in_.subspan(value.size());
    }
    [[nodiscard]] std::uint32_t number(std::size_t size) {
        std::uint32_t value = 0;
        for (std::uint8_t const byte : in_.first(size)) {
            value = (value << 8U) | byte;
        }
        in_ = in_.subspan(size);
        return value;
    }

private:
    apdu::ByteView in_;
};

bool is_within(std::uint32_t value, std::uint32_t low, std::uint32_t high) {
    return value >= low && value <= high;
}

bool is_sound(ArgonCost const& cost, std::uint32_t kind) {
    if (kind == static_cast<std::uint32_t>(SealKind::credential)) {
        return cost.memory_kib == 0 && cost.passes == 0 && cost.lanes == 0;
    }
    return kind == static_cast<std::uint32_t>(SealKind::passphrase) &&
           is_within(cost.memory_kib, cost_min.memory_kib, cost_max.memory_kib) &&
           is_within(cost.passes, cost_min.passes, cost_max.passes) &&
           is_within(cost.lanes, cost_min.lanes, cost_max.lanes);
}

bool has_sound_check(apdu::ByteView header) {
    Digest const digest = digest_of(header.first(check_at));
    return apdu::equal_bytes(header.subspan(check_at, check_size),
                             apdu::ByteView{digest}.first(check_size));
}

/// What stands before the fields of this version.
StoreResult<apdu::Done> check_start(apdu::ByteView file) {
    std::size_t const known = std::min(file.size(), magic.size());
    if (!apdu::equal_bytes(file.first(known), apdu::ByteView{magic}.first(known))) {
        return StoreFault{StoreFaultCode::not_a_store};
    }
    if (file.size() < version_end) {
        return StoreFault{StoreFaultCode::truncated};
    }
    std::uint32_t const version = FieldReader{file.subspan(magic.size())}.number(2);
    if (version != format_version) {
        return StoreFault{StoreFaultCode::version_unknown, std::to_string(version)};
    }
    return apdu::Done{};
}

} // namespace

HeaderBytes encode_header(StoreHeader const& header) {
    HeaderBytes bytes{};
    FieldWriter writer{bytes};
    writer.bytes(magic);
    writer.number(format_version, 2);
    writer.number(static_cast<std::uint32_t>(header.kind), 1);
    writer.number(header.is_test ? 1 : 0, 1);
    writer.number(header.cost.memory_kib, 4);
    writer.number(header.cost.passes, 4);
    writer.number(header.cost.lanes, 4);
    writer.bytes(header.salt);
    writer.bytes(header.nonce);
    writer.number(header.sealed_size, 4);
    writer.bytes(header.proof);
    writer.bytes(
        apdu::ByteView{digest_of(apdu::ByteView{bytes}.first(check_at))}.first(check_size));
    return bytes;
}

StoreResult<StoreHeader> parse_header(apdu::ByteView file) {
    if (auto const start = check_start(file); !start.ok()) {
        return start.error();
    }
    if (file.size() < header_size) {
        return StoreFault{StoreFaultCode::truncated};
    }
    if (!has_sound_check(file.first(header_size))) {
        return StoreFault{StoreFaultCode::header_damaged};
    }
    FieldReader reader{file.subspan(version_end)};
    StoreHeader header;
    std::uint32_t const kind = reader.number(1);
    std::uint32_t const test = reader.number(1);
    header.cost.memory_kib = reader.number(4);
    header.cost.passes = reader.number(4);
    header.cost.lanes = reader.number(4);
    reader.bytes(header.salt);
    reader.bytes(header.nonce);
    header.sealed_size = reader.number(4);
    reader.bytes(header.proof);
    if (!is_sound(header.cost, kind) || test > 1 ||
        !is_within(header.sealed_size, tag_size, content_size_max + tag_size)) {
        return StoreFault{StoreFaultCode::header_damaged};
    }
    header.kind = static_cast<SealKind>(kind);
    header.is_test = test == 1;
    std::size_t const rest = file.size() - header_size;
    if (rest != header.sealed_size) {
        return StoreFault{rest < header.sealed_size ? StoreFaultCode::truncated
                                                    : StoreFaultCode::damaged};
    }
    return header;
}

} // namespace keys::sealed
