// Where an answer to reset parses, it holds the very bytes, and names a protocol that it offers.

#include "apdu/atr.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    apdu::ByteView const bytes{data, size};
    auto const atr = apdu::Atr::parse(bytes);
    if (!atr.ok()) {
        return 0;
    }
    apdu::ByteView const kept = atr.value().bytes();
    apdu::ByteView const historical = atr.value().historical();
    apdu::require(apdu::equal_bytes(kept, bytes));
    apdu::require(historical.size() == (bytes[1] & 0x0FU));
    apdu::require(historical.empty() ||
                  (historical.data() >= kept.data() + 2 &&
                   historical.data() + historical.size() <= kept.data() + kept.size()));
    apdu::require(atr.value().ta1().has_value() == ((bytes[1] & 0x10U) != 0));
    apdu::require(atr.value().tb1().has_value() == ((bytes[1] & 0x20U) != 0));
    apdu::require(atr.value().tc1().has_value() == ((bytes[1] & 0x40U) != 0));
    apdu::require((bytes[1] & 0x80U) != 0 || atr.value().offers(apdu::Protocol::t0));
    return 0;
}
