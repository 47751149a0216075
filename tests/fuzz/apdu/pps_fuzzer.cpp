#include "apdu/pps.hpp"

#include <cstdlib>

// Whatever is read as a PPS is written as it was.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    apdu::ByteView const bytes{data, size};
    auto const pps = apdu::Pps::parse(bytes);
    if (!pps.ok()) {
        return 0;
    }
    std::array<std::uint8_t, apdu::pps_size_max> out{};
    std::size_t const written = pps.value().encode(out);
    if (!apdu::equal_bytes(apdu::ByteView{out}.first(written), bytes) ||
        !apdu::is_agreed(pps.value(), {pps.value().protocol})) {
        std::abort();
    }
    return 0;
}
