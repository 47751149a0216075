#include "host/personalization/character_name.hpp"

#include "apdu/utf8.hpp"

namespace personalization {
namespace {

std::string hex_of(std::uint32_t value, std::size_t digits_min) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string hex;
    for (std::uint32_t rest = value; rest != 0 || hex.size() < digits_min; rest >>= 4U) {
        hex.insert(hex.begin(), digits[rest & 0x0FU]);
    }
    return hex;
}

} // namespace

std::vector<std::string_view> characters_of(std::string_view text) {
    std::vector<std::string_view> characters;
    while (!text.empty()) {
        auto const character = apdu::first_utf8_character(text);
        std::size_t const size = character.ok() ? character.value().size : 1;
        characters.push_back(text.substr(0, size));
        text.remove_prefix(size);
    }
    return characters;
}

bool is_control_character(std::string_view character) {
    auto const first = static_cast<unsigned char>(character.empty() ? ' ' : character.front());
    return character.size() == 1 && (first < 0x20 || first == 0x7F);
}

std::string named_character(std::string_view character) {
    if (character.empty()) {
        return "nothing";
    }
    auto const parsed = apdu::first_utf8_character(character);
    if (!parsed.ok()) {
        return "byte " + hex_of(static_cast<unsigned char>(character.front()), 2);
    }
    std::string const number = "U+" + hex_of(parsed.value().code_point, 4);
    return is_control_character(character) ? number : std::string{character} + " (" + number + ")";
}

} // namespace personalization
