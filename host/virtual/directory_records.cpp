#include "host/virtual/directory_records.hpp"

#include "apdu/gbk.hpp"

namespace virtual_card {
namespace {

void append_object(Bytes& bytes, std::uint8_t tag, Bytes const& value) {
    bytes.push_back(tag);
    bytes.push_back(static_cast<std::uint8_t>(value.size()));
    bytes.insert(bytes.end(), value.begin(), value.end());
}

} // namespace

Bytes fci_record(StoredDirectory const& directory, keys::Algorithm algorithm) {
    Bytes fci;
    append_object(fci, 0x84, directory.name);
    if (directory.kind != DirectoryKind::adf) {
        Bytes issuer_data{0x88, 0x01, directory_file_sfi};
        if (directory.kind == DirectoryKind::ddf && algorithm == keys::Algorithm::sm4) {
            issuer_data.insert(issuer_data.end(), {0x9F, 0x0C, 0x03, 0x86, 0x01, 0x03});
        }
        append_object(fci, 0xA5, issuer_data);
    }
    Bytes whole;
    append_object(whole, 0x6F, fci);
    Bytes content{static_cast<std::uint8_t>(directory.fid >> 8U),
                  static_cast<std::uint8_t>(directory.fid)};
    content.push_back(static_cast<std::uint8_t>(whole.size()));
    content.insert(content.end(), whole.begin(), whole.end());
    Bytes record;
    append_object(record, 0x70, content);
    return record;
}

Bytes dir_record(apdu::DedicatedFile const& directory) {
    Bytes label(2 * directory.label_zh.size());
    auto const size = apdu::utf8_to_card_text(directory.label_zh, apdu::TextProfile::gbk, label);
    apdu::require(size.ok());
    label.resize(size.value());
    Bytes content;
    if (!directory.name.empty()) {
        append_object(content, 0x4F, Bytes{directory.name.begin(), directory.name.end()});
    }
    append_object(content, 0x50, label);
    Bytes record;
    append_object(record, 0x61, content);
    return record;
}

} // namespace virtual_card
