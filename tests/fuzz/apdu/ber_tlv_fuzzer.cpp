// Where an object parses, writing it gives one that parses to the same; no object is longer when it
// is written than it was read. Finding a tag agrees with reading one after the other.

#include "apdu/ber_tlv.hpp"

#include <optional>
#include <vector>

namespace {

void check_written(apdu::BerTlv const& object) {
    std::vector<std::uint8_t> out(object.value.size() + 6);
    auto const size = apdu::write_ber_tlv(object.tag, object.value, out);
    apdu::require(size.ok());
    apdu::BerTlvReader reader{apdu::ByteView{out}.first(size.value())};
    auto const again = reader.next();
    apdu::require(again.ok() && again.value().tag == object.tag);
    apdu::require(apdu::equal_bytes(again.value().value, object.value));
    apdu::require(again.value().is_constructed() == object.is_constructed());
    apdu::require(reader.at_end());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    apdu::ByteView const bytes{data, size};
    apdu::BerTlvReader reader{bytes};
    std::optional<std::uint32_t> last_tag;
    std::size_t written = 0;
    while (!reader.at_end()) {
        auto const object = reader.next();
        if (!object.ok()) {
            break;
        }
        apdu::ByteView const value = object.value().value;
        apdu::require(value.empty() || (value.data() >= data && value.size() <= size));
        check_written(object.value());
        written += 2 + value.size();
        last_tag = object.value().tag;
    }
    apdu::require(written <= size);
    if (last_tag) {
        apdu::require(apdu::find_ber_tlv(bytes, *last_tag).ok());
    }
    return 0;
}
