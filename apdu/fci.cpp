#include "apdu/fci.hpp"

#include "apdu/ber_tlv.hpp"

#include <array>

namespace apdu {
namespace {

// ISO/IEC 7816-4:2020 §7.4.3 (6F, 84, A5); card.md §1.2 (88, 9F0C, 86).
constexpr std::uint32_t fci_template = 0x6F;
constexpr std::uint32_t df_name = 0x84;
constexpr std::uint32_t proprietary_template = 0xA5;
constexpr std::uint32_t directory_sfi = 0x88;
constexpr std::uint32_t issuer_data = 0x9F0C;
constexpr std::uint32_t algorithm_id = 0x86;

/// The algorithm in issuer data. Nothing where there is none: on other issuers' cards these data
/// need not be TLV at all.
std::optional<std::uint8_t> algorithm_in(ByteView data) {
    Result<ByteView> const value = find_ber_tlv(data, algorithm_id);
    if (!value.ok() || value.value().size() != 1) {
        return std::nullopt;
    }
    return value.value()[0];
}

Result<Done> read_proprietary(ByteView bytes, Fci& fci) {
    BerTlvReader reader{bytes};
    while (!reader.at_end()) {
        Result<BerTlv> const object = reader.next();
        if (!object.ok()) {
            return object.error();
        }
        ByteView const value = object.value().value;
        if (object.value().tag == directory_sfi) {
            if (value.size() != 1) {
                return Error::malformed;
            }
            fci.directory_file_sfi = value[0];
        }
        if (object.value().tag == issuer_data) {
            fci.algorithm = algorithm_in(value);
        }
    }
    return Done{};
}

Result<Fci> read_template(ByteView bytes) {
    Fci fci{};
    bool has_name = false;
    BerTlvReader reader{bytes};
    while (!reader.at_end()) {
        Result<BerTlv> const object = reader.next();
        if (!object.ok()) {
            return object.error();
        }
        if (object.value().tag == df_name) {
            fci.name = object.value().value;
            has_name = true;
        }
        if (object.value().tag == proprietary_template) {
            Result<Done> const read = read_proprietary(object.value().value, fci);
            if (!read.ok()) {
                return read.error();
            }
        }
    }
    if (!has_name) {
        return Error::not_found;
    }
    return fci;
}

constexpr auto name_of_ssse = std::to_array<std::uint8_t>(
    {0x73, 0x78, 0x31, 0x2E, 0x73, 0x68, 0x2E, 0xC9, 0xE7, 0xBB, 0xE1, 0xB1, 0xA3, 0xD5, 0xCF});

} // namespace

Result<Fci> Fci::parse(ByteView bytes) {
    BerTlvReader reader{bytes};
    Result<BerTlv> const object = reader.next();
    if (!object.ok()) {
        return object.error();
    }
    if (object.value().tag != fci_template) {
        return Error::not_found;
    }
    if (!reader.at_end()) {
        return Error::trailing_bytes;
    }
    return read_template(object.value().value);
}

ByteView ssse_name() { return name_of_ssse; }

} // namespace apdu
