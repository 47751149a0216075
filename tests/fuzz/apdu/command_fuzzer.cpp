// Where a command parses, encoding it gives a command that parses to the same; and the same bytes
// where the form was the shortest.

#include "apdu/command.hpp"

#include <vector>

namespace {

std::vector<std::uint8_t> encode_all(apdu::Command const& command) {
    std::vector<std::uint8_t> out(command.encoded_size());
    auto const size = command.encode(out);
    apdu::require(size.ok() && size.value() == out.size());
    return out;
}

bool same(apdu::Command const& left, apdu::Command const& right) {
    return left.cla() == right.cla() && left.ins() == right.ins() && left.p1() == right.p1() &&
           left.p2() == right.p2() && left.ne() == right.ne() &&
           apdu::equal_bytes(left.data(), right.data());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    apdu::ByteView const bytes{data, size};
    auto const command = apdu::Command::parse(bytes);
    if (!command.ok()) {
        return 0;
    }
    auto const encoded = encode_all(command.value());
    auto const again = apdu::Command::parse(encoded);
    apdu::require(again.ok() && same(again.value(), command.value()));
    apdu::require(encoded.size() <= size);
    apdu::require(encoded.size() < size || apdu::equal_bytes(encoded, bytes));
    return 0;
}
