#include "host/personalization/holder_name.hpp"

#include "host/personalization/character_name.hpp"

#include "apdu/gbk.hpp"
#include "apdu/name_items.hpp"

#include <algorithm>
#include <array>

namespace personalization {
namespace {

// Bullets, middle dots and stops that a keyboard or another program gives for the dot.
constexpr auto look_alike_dots = std::to_array<std::string_view>({
    "\u2022", // bullet
    "\u2027", // hyphenation point
    "\u2219", // bullet operator
    "\u22C5", // dot operator
    "\u30FB", // katakana middle dot
    "\uFF65", // its half-width form
    "\u2024", // one dot leader
    "\u00B0", // degree sign
    "\uFF0E", // full-width full stop
    "\u3002", // ideographic full stop
    ".",
});

std::size_t size_on_card(std::string_view name, apdu::TextProfile profile) {
    std::vector<std::uint8_t> bytes(name.size() * 2);
    auto const size = apdu::utf8_to_card_text(name, profile, bytes);
    return size.ok() ? size.value() : 0;
}

} // namespace

bool is_look_alike_dot(std::string_view character) {
    return std::find(look_alike_dots.begin(), look_alike_dots.end(), character) !=
           look_alike_dots.end();
}

Problems name_problems(std::string const& where, std::string_view name, apdu::Item const& item,
                       apdu::TextProfile profile) {
    auto const parts = apdu::split_name(name, profile);
    if (parts.ok()) {
        return {};
    }
    if (parts.error() == apdu::Error::too_long) {
        constexpr std::size_t size_max = apdu::name_size + apdu::name_extension_size;
        return {{where, "too_long",
                 std::to_string(size_on_card(name, profile)) + " bytes on the card, at most " +
                     std::to_string(size_max)}};
    }
    session::Problem problem = item_problem(where, item, name, parts.error(), profile);
    if (is_look_alike_dot(apdu::first_not_encodable(name, profile))) {
        problem.detail += "; " + std::string{dot_hint};
    }
    return {std::move(problem)};
}

Problems dot_warnings(std::string const& where, std::string_view name) {
    Problems warnings;
    for (std::string_view const character : characters_of(name)) {
        if (is_look_alike_dot(character)) {
            warnings.push_back(
                {where, "look_alike_dot",
                 named_character(character) + " in a name: " + std::string{dot_hint}});
        }
    }
    return warnings;
}

} // namespace personalization
