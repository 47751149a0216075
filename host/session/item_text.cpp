#include "host/session/item_text.hpp"

#include "host/session/hex_text.hpp"

#include "apdu/gbk.hpp"
#include "apdu/item_codec.hpp"
#include "apdu/record.hpp"

#include <algorithm>
#include <array>

namespace session {
namespace {

constexpr std::string_view replacement_character = "\xEF\xBF\xBD";      // U+FFFD
constexpr auto character_sizes = std::to_array<std::size_t>({1, 2, 4}); ///< of GB 18030

/// The character at the start of `bytes` in UTF-8 and its size in bytes; a byte that starts none
/// counts as one character that cannot be told.
std::pair<std::string, std::size_t> first_character(apdu::ByteView bytes) {
    for (std::size_t const size : character_sizes) {
        std::array<char, 8> utf8{};
        if (size > bytes.size()) {
            break;
        }
        auto const written = apdu::card_text_to_utf8(bytes.first(size), utf8);
        if (written.ok()) {
            return {std::string{utf8.data(), written.value()}, size};
        }
    }
    return {std::string{replacement_character}, 1};
}

std::string text_with_replacements(apdu::ByteView value) {
    auto const end = std::find(value.begin(), value.end(), std::uint8_t{0});
    apdu::ByteView rest = value.first(static_cast<std::size_t>(end - value.begin()));
    std::string text;
    while (!rest.empty()) {
        auto const [character, size] = first_character(rest);
        text += character;
        rest = rest.subspan(size);
    }
    return text;
}

} // namespace

std::string item_text(apdu::Item const& item, apdu::ByteView value) {
    std::array<char, apdu::item_text_size_max> text{};
    auto const size = apdu::decode_item(item, value, text);
    if (size.ok()) {
        return std::string{text.data(), size.value()};
    }
    return item.format == apdu::Format::an ? text_with_replacements(value) : hex_text(value);
}

apdu::ByteView value_of_record(apdu::ByteView records, std::uint8_t tag) {
    auto const record = apdu::find_record(records, tag);
    return record.ok() ? record.value().value : apdu::ByteView{};
}

apdu::Item const* find_item(std::span<apdu::Item const> items, std::uint8_t tag) {
    auto const found = std::find_if(items.begin(), items.end(),
                                    [tag](apdu::Item const& item) { return item.tag == tag; });
    return found == items.end() ? nullptr : &*found;
}

} // namespace session
