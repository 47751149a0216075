#include "host/personalization/card_items.hpp"

#include "host/session/hex_text.hpp"

#include "apdu/item_codec.hpp"
#include "apdu/record.hpp"

#include <algorithm>

namespace personalization {

apdu::CardLayout const& record_layout() { return apdu::layout_of(apdu::SpecVersion::v3_00); }

bool is_writable(apdu::ElementaryFile const& file) {
    return !file.is_internal && file.write.rule != apdu::AccessRule::never;
}

apdu::ElementaryFile const& ssse_file(std::uint16_t fid) {
    apdu::DedicatedFile const* const ssse =
        apdu::find_directory(record_layout(), apdu::Directory::ssse);
    apdu::require(ssse != nullptr);
    auto const found = std::find_if(ssse->files.begin(), ssse->files.end(),
                                    [fid](auto const& file) { return file.fid == fid; });
    apdu::require(found != ssse->files.end());
    return *found;
}

std::vector<std::uint8_t> blank_cyclic_record(apdu::ElementaryFile const& file) {
    std::vector<std::uint8_t> record;
    for (apdu::Item const& field : file.items) {
        std::vector<std::uint8_t> value(field.size);
        apdu::unpersonalized_value(field, value);
        record.insert(record.end(), value.begin(), value.end());
    }
    return record;
}

apdu::Item const& item_of(apdu::ElementaryFile const& file, std::uint8_t tag) {
    auto const found = std::find_if(file.items.begin(), file.items.end(),
                                    [tag](auto const& item) { return item.tag == tag; });
    apdu::require(found != file.items.end());
    return *found;
}

std::string card_id_text(apdu::ByteView issuer_data) {
    auto const record = apdu::find_record(issuer_data, item_tag::card_id);
    return record.ok() ? session::hex_text(record.value().value) : std::string{};
}

} // namespace personalization
