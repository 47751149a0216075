#include "keys/sealed/store_content.hpp"
#include "keys/sealed/store_header.hpp"

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace {

void require_same(bool holds) {
    if (!holds) {
        std::abort();
    }
}

/// A header is believed only where it stands in the one form that it has.
void read_as_file(apdu::ByteView file) {
    auto const header = keys::sealed::parse_header(file);
    if (header.ok()) {
        auto const again = keys::sealed::encode_header(header.value());
        require_same(std::equal(again.begin(), again.end(), file.begin()));
    }
}

/// The same with a start and a check value that fit, so that the numbers between them are tried.
void read_as_header_fields(apdu::ByteView bytes) {
    using keys::sealed::StoreHeader;
    if (bytes.size() < sizeof(std::uint32_t) * 4 + 2) {
        return;
    }
    auto const number = [&bytes](std::size_t at) {
        return (std::uint32_t{bytes[at]} << 24U) | (std::uint32_t{bytes[at + 1]} << 16U) |
               (std::uint32_t{bytes[at + 2]} << 8U) | bytes[at + 3];
    };
    StoreHeader header;
    header.kind = static_cast<keys::sealed::SealKind>(bytes[16]);
    header.is_test = (bytes[17] & 1U) != 0;
    header.cost = {number(0), number(4), number(8)};
    header.sealed_size = number(12);
    auto const encoded = keys::sealed::encode_header(header);
    std::vector<std::uint8_t> file{encoded.begin(), encoded.end()};
    file.resize(file.size() + std::min<std::size_t>(header.sealed_size, 1U << 16U));
    auto const read = keys::sealed::parse_header(file);
    require_same(!read.ok() || (read.value().cost.memory_kib <= 1U << 20U &&
                                read.value().sealed_size <= 1U << 16U));
}

void read_as_content(apdu::ByteView content) {
    auto const held = keys::sealed::parse_content(content);
    if (held.ok()) {
        auto const again = keys::sealed::encode_content(held.value()->masters());
        require_same(again.ok() && apdu::equal_bytes(again.value().bytes(), content));
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    apdu::ByteView const bytes{data, size};
    read_as_file(bytes);
    read_as_header_fields(bytes);
    read_as_content(bytes);
    return 0;
}
