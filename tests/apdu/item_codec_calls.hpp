#pragma once

#include "apdu/item_codec.hpp"

#include <gtest/gtest.h>

#include <array>
#include <stdexcept>
#include <string>
#include <vector>

namespace apdu {

/// The item, or part of an item, of that name in a file of the 3.00 tables; throws when there is
/// none.
inline Item item_of(std::string_view file, std::string_view name) {
    auto const place = find_file(layout_of(SpecVersion::v3_00), file);
    for (Item const& item : place.value().file->items) {
        if (item.name == name) {
            return item;
        }
        for (Item const& part : item.parts) {
            if (part.name == name) {
                return part;
            }
        }
    }
    throw std::invalid_argument{std::string{name}};
}

/// An item of SSSE/EF06.
inline Item holder(std::string_view name) { return item_of("holder_basic_data", name); }
/// An item of SSSE/EF05.
inline Item issuer(std::string_view name) { return item_of("issuer_data", name); }

/// The value that the text gives; throws when it is refused.
inline std::vector<std::uint8_t> encoded(Item const& item, std::string_view text,
                                         TextProfile profile = TextProfile::gbk) {
    std::vector<std::uint8_t> value(item.size, 0xEE);
    if (!encode_item(item, text, profile, value).ok()) {
        throw std::runtime_error{"refused: " + std::string{text}};
    }
    return value;
}

/// The text of the value, or "refused".
inline std::string decoded(Item const& item, ByteView value) {
    std::array<char, item_text_size_max> text{};
    Result<std::size_t> const size = decode_item(item, value, text);
    return size.ok() ? std::string{text.data(), size.value()} : "refused";
}

/// Why the text is refused; the buffer must be left as it was.
inline Error refusal(Item const& item, std::string_view text,
                     TextProfile profile = TextProfile::gbk) {
    std::vector<std::uint8_t> value(item.size, 0xEE);
    Result<Done> const result = encode_item(item, text, profile, value);
    EXPECT_EQ(value, std::vector<std::uint8_t>(item.size, 0xEE)) << text;
    EXPECT_FALSE(result.ok()) << item.name << ": " << text;
    return result.ok() ? Error::timed_out : result.error();
}

} // namespace apdu
