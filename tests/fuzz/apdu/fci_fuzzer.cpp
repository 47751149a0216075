// Where file control information parses, its parts made into one again parse to the same.

#include "apdu/ber_tlv.hpp"
#include "apdu/fci.hpp"

#include <vector>

namespace {

using Bytes = std::vector<std::uint8_t>;

void append(std::uint32_t tag, apdu::ByteView value, Bytes& to) {
    Bytes object(value.size() + 6);
    auto const size = apdu::write_ber_tlv(tag, value, object);
    apdu::require(size.ok());
    to.insert(to.end(), object.begin(), object.begin() + static_cast<long>(size.value()));
}

Bytes encode(apdu::Fci const& fci) {
    Bytes proprietary;
    if (fci.directory_file_sfi) {
        append(0x88, Bytes{*fci.directory_file_sfi}, proprietary);
    }
    if (fci.algorithm) {
        Bytes issuer_data;
        append(0x86, Bytes{*fci.algorithm}, issuer_data);
        append(0x9F0C, issuer_data, proprietary);
    }
    Bytes content;
    append(0x84, fci.name, content);
    append(0xA5, proprietary, content);
    Bytes whole;
    append(0x6F, content, whole);
    return whole;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    constexpr std::size_t size_max = 65000; // the parts made into one must still fit one object
    auto const fci = apdu::Fci::parse({data, size});
    if (!fci.ok() || size > size_max) {
        return 0;
    }
    Bytes const encoded = encode(fci.value());
    auto const again = apdu::Fci::parse(encoded);
    apdu::require(again.ok());
    apdu::require(apdu::equal_bytes(again.value().name, fci.value().name));
    apdu::require(again.value().directory_file_sfi == fci.value().directory_file_sfi);
    apdu::require(again.value().algorithm == fci.value().algorithm);
    return 0;
}
