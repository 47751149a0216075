// Any bytes as the text and as the value of any item: the first two choose the file and the item.
// What is encoded decodes to a text that encodes to the same value.

#include "apdu/item_codec.hpp"

#include <array>
#include <cstdint>

namespace {

using namespace apdu;

Item const* chosen_item(std::uint8_t file_choice, std::uint8_t item_choice) {
    CardLayout const& layout = layout_of(SpecVersion::v3_00);
    auto const& directory = layout.directories[file_choice % layout.directories.size()];
    auto const& file =
        directory.files[file_choice / layout.directories.size() % directory.files.size()];
    if (file.items.empty()) {
        return nullptr;
    }
    Item const& item = file.items[item_choice % file.items.size()];
    if (item.format != Format::tlv) {
        return &item;
    }
    return &item.parts[item_choice / file.items.size() % item.parts.size()];
}

void check_encoding(Item const& item, std::string_view text, TextProfile profile) {
    std::array<std::uint8_t, 255> value{};
    ByteSpan const out = ByteSpan{value}.first(item.size);
    if (!encode_item(item, text, profile, out).ok()) {
        return;
    }
    std::array<char, item_text_size_max> told{};
    std::size_t const size = decode_item(item, out, told).value();
    std::array<std::uint8_t, 255> again{};
    ByteSpan const second = ByteSpan{again}.first(item.size);
    require(encode_item(item, {told.data(), size}, profile, second).ok());
    require(equal_bytes(out, second));
}

void check_decoding(Item const& item, ByteView value) {
    std::array<char, item_text_size_max> text{};
    Result<std::size_t> const size = decode_item(item, value, text);
    require(size.ok() || size.error() != Error::buffer_too_small);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (size < 2) {
        return 0;
    }
    Item const* const item = chosen_item(data[0], data[1]);
    if (item == nullptr) {
        return 0;
    }
    std::string_view const text{reinterpret_cast<char const*>(data + 2), size - 2};
    check_encoding(*item, text, TextProfile::gbk);
    check_encoding(*item, text, TextProfile::gb18030);
    check_decoding(*item, {data + 2, size - 2});
    return 0;
}
