#include "host/store/journal_fields.hpp"

#include "apdu/item_form.hpp"

#include <array>

namespace store {
namespace {

constexpr char escape = '%';

bool is_plain(char c) { return c > ' ' && c <= '~' && c != escape; }

std::optional<std::string> unescaped(std::string_view text) {
    std::string value;
    while (!text.empty()) {
        char const first = text.front();
        std::array<std::uint8_t, 1> byte{static_cast<std::uint8_t>(first)};
        std::size_t const size = first == escape ? 3 : 1;
        if (text.size() < size ||
            (first == escape ? !apdu::read_hex(text.substr(1, 2), byte).ok() : !is_plain(first))) {
            return std::nullopt;
        }
        value += static_cast<char>(byte.front());
        text.remove_prefix(size);
    }
    return value;
}

} // namespace

FieldWriter& FieldWriter::word(std::string_view word) {
    text_ += ' ';
    text_ += word;
    return *this;
}

FieldWriter& FieldWriter::value(std::string_view name, std::string_view value) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    word(name);
    text_ += '=';
    for (char const c : value) {
        if (is_plain(c)) {
            text_ += c;
            continue;
        }
        auto const byte = static_cast<std::uint8_t>(c);
        text_ += escape;
        text_ += digits[byte >> 4U];
        text_ += digits[byte & 0x0FU];
    }
    return *this;
}

std::string_view FieldReader::word() {
    std::size_t const end = rest_.find(' ');
    std::string_view const word = rest_.substr(0, end);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    return word;
}

std::optional<std::string> FieldReader::value(std::string_view name) {
    std::string_view const next = word();
    if (!next.starts_with(name) || next.size() == name.size() || next[name.size()] != '=') {
        return std::nullopt;
    }
    return unescaped(next.substr(name.size() + 1));
}

} // namespace store
