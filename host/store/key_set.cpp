#include "host/store/key_set.hpp"

#include <algorithm>

namespace store {
namespace {

constexpr std::size_t check_value_digits = 6;

bool is_check_value(std::string_view text) {
    return text.size() == check_value_digits && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F');
           });
}

} // namespace

std::string to_text(KeyMark const& mark) {
    return std::string{apdu::to_text(mark.name)} + "/" + std::to_string(mark.version) + "/" +
           mark.check_value;
}

std::optional<KeyMark> key_mark_from_text(std::string_view text) {
    std::size_t const middle = text.find('/');
    if (middle == std::string_view::npos || text.size() != middle + 3 + check_value_digits ||
        text[middle + 2] != '/') {
        return std::nullopt;
    }
    auto const name = apdu::key_name_from_text(text.substr(0, middle));
    int const version = text[middle + 1] - '0';
    std::string_view const value = text.substr(middle + 3);
    if (!name || version < 1 || version > keys::key_version_max || !is_check_value(value) ||
        apdu::to_text(*name) != text.substr(0, middle)) {
        return std::nullopt;
    }
    return KeyMark{*name, static_cast<std::uint8_t>(version), std::string{value}};
}

std::string to_text(KeySet const& keys) {
    std::string text;
    for (KeyMark const& mark : keys) {
        text.append(text.empty() ? "" : " ").append(to_text(mark));
    }
    return text;
}

std::optional<KeySet> key_set_from_text(std::string_view text) {
    KeySet keys;
    while (!text.empty()) {
        std::size_t const end = std::min(text.find(' '), text.size());
        auto mark = key_mark_from_text(text.substr(0, end));
        if (!mark || end + 1 == text.size()) {
            return std::nullopt;
        }
        keys.push_back(*std::move(mark));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return keys;
}

bool holds(KeySet const& keys, KeyMark const& mark) {
    return std::find(keys.begin(), keys.end(), mark) != keys.end();
}

} // namespace store
