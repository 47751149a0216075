#include "host/virtual/pad_display.hpp"

#include "apdu/gbk.hpp"

namespace virtual_card {
namespace {

constexpr std::uint8_t display_start = 0x02;
constexpr std::uint8_t display_end = 0x03;
constexpr std::uint8_t text_byte_min = 0x20;
constexpr std::size_t display_line_size = 16;
constexpr std::uint8_t key_enter = 0x0D;
constexpr std::uint8_t key_clear = 0x08;
constexpr std::uint8_t key_cancel = 0x1B;

std::string utf8_of(apdu::ByteView line) {
    while (!line.empty() && line.back() == ' ') {
        line = line.first(line.size() - 1);
    }
    std::array<char, 2 * display_line_size> utf8{};
    auto const size = apdu::card_text_to_utf8(line, utf8);
    if (size.ok()) {
        return {utf8.data(), size.value()};
    }
    std::string ascii;
    for (std::uint8_t const byte : line) {
        ascii += byte < 0x7F ? static_cast<char>(byte) : '?';
    }
    return ascii;
}

} // namespace

std::optional<std::string> PadDisplay::take(std::uint8_t byte) {
    if (byte == display_start) {
        size_ = 0;
        return std::nullopt;
    }
    if (!size_) {
        return std::nullopt;
    }
    if (byte == display_end && *size_ == text_.size()) {
        size_.reset();
        apdu::ByteView const all{text_};
        return "[" + utf8_of(all.first(display_line_size)) + "|" +
               utf8_of(all.last(display_line_size)) + "]";
    }
    if (byte < text_byte_min || *size_ == text_.size()) {
        size_.reset();
        return std::nullopt;
    }
    text_[(*size_)++] = byte;
    return std::nullopt;
}

std::optional<std::uint8_t> key_of(char character) {
    if (character >= '0' && character <= '9') {
        return static_cast<std::uint8_t>(character);
    }
    switch (character) {
    case '\n':
        return key_enter;
    case 'c':
        return key_clear;
    case 'x':
        return key_cancel;
    default:
        return std::nullopt;
    }
}

} // namespace virtual_card
