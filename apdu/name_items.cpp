#include "apdu/name_items.hpp"

#include "apdu/gbk.hpp"
#include "apdu/text_slice.hpp"
#include "apdu/utf8.hpp"

#include <array>

namespace apdu {
namespace {

/// Bytes of the value before its zero bytes.
std::size_t text_size(ByteView value) {
    std::size_t size = 0;
    while (size < value.size() && value[size] != 0) {
        ++size;
    }
    return size;
}

} // namespace

Result<NameParts> split_name(std::string_view name, TextProfile profile) {
    std::array<std::uint8_t, utf8_character_size_max> code{};
    std::size_t at = 0;
    std::size_t split_at = 0;
    std::size_t size = 0;
    std::size_t size_of_first = 0;
    while (at < name.size()) {
        Result<Utf8Character> const character = first_utf8_character(slice_from(name, at));
        if (!character.ok()) {
            return character.error();
        }
        Result<std::size_t> const code_size =
            utf8_to_card_text(slice(name, at, character.value().size), profile, code);
        if (!code_size.ok()) {
            return code_size.error();
        }
        at += character.value().size;
        size += code_size.value();
        if (size <= name_size) {
            split_at = at;
            size_of_first = size;
        }
    }
    if (size - size_of_first > name_extension_size) {
        return Error::too_long;
    }
    return NameParts{slice(name, 0, split_at), slice_from(name, split_at)};
}

Result<std::size_t> join_name(ByteView name, ByteView extension, std::span<char> out) {
    std::array<std::uint8_t, name_size + name_extension_size> joined{};
    if (name.size() > name_size || extension.size() > name_extension_size) {
        return Error::too_long;
    }
    std::size_t const size_of_first = text_size(name);
    std::size_t const size_of_rest = text_size(extension);
    copy_bytes(name.first(size_of_first), joined);
    copy_bytes(extension.first(size_of_rest), ByteSpan{joined}.subspan(size_of_first));
    return card_text_to_utf8(ByteView{joined}.first(size_of_first + size_of_rest), out);
}

} // namespace apdu
