#include "tests/integration/pin_search.hpp"

#include <algorithm>

namespace integration {
namespace {

constexpr std::size_t part_of_bytes = 6;
constexpr std::size_t part_of_bcd = 8;

char number(char digit) { return static_cast<char>(digit - '0'); }

/// Two digits a byte; `digits` has an even number of them.
std::string bcd(std::string_view digits) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
        bytes += static_cast<char>(16 * number(digits[i]) + number(digits[i + 1]));
    }
    return bytes;
}

/// Two bytes a character, as docs/terminal.md has them on the stream of contacts.
std::string on_contacts(std::string_view bytes) {
    std::string events;
    for (char const byte : bytes) {
        auto const value = static_cast<std::uint8_t>(byte);
        events += static_cast<char>(0x80U | (value >> 6U));
        events += static_cast<char>(value & 0x3FU);
    }
    return events;
}

/// The first eight bytes of the field.
std::string format_4(std::string digits) {
    auto const length = static_cast<char>(0x40U | digits.size());
    digits.resize(14, '0' + 10); // the fill, A
    return length + bcd(digits);
}

} // namespace

PinSearch::PinSearch(std::string_view digits) {
    for (std::size_t at = 0; at + part_of_bytes <= digits.size(); ++at) {
        add_part_of_bytes(digits.substr(at, part_of_bytes));
    }
    for (std::size_t at = 0; at + part_of_bcd <= digits.size(); ++at) {
        add_part_of_bcd(digits.substr(at, part_of_bcd), at % 2 == 0);
    }
    needles_.push_back({"in a PIN field of format 4", format_4(std::string{digits})});
}

void PinSearch::add_part_of_bytes(std::string_view digits) {
    std::string numbers{digits};
    std::transform(numbers.begin(), numbers.end(), numbers.begin(), number);
    needles_.push_back({"as numbers", numbers});
    needles_.push_back({"as ASCII", std::string{digits}});
}

void PinSearch::add_part_of_bcd(std::string_view digits, bool is_place_even) {
    constexpr auto* whole = "as BCD";
    constexpr auto* between = "as BCD between bytes";
    std::string const bytes = bcd(digits);
    needles_.push_back({is_place_even ? whole : between, bytes});
    needles_.push_back(
        {is_place_even ? between : whole, bcd("0" + std::string{digits} + "0"), 0x0F, 0xF0});
    needles_.push_back({"as BCD on the contacts' stream", on_contacts(bytes)});
}

bool PinSearch::is_in(std::string_view memory, Needle const& needle) {
    std::string_view const bytes = needle.bytes;
    std::string_view const middle = bytes.substr(1, bytes.size() - 2);
    auto const fits = [&](std::size_t at, std::size_t of, std::uint8_t mask) {
        return ((static_cast<std::uint8_t>(memory[at]) ^ static_cast<std::uint8_t>(bytes[of])) &
                mask) == 0;
    };
    for (auto at = memory.find(middle, 1); at != std::string_view::npos;
         at = memory.find(middle, at + 1)) {
        std::size_t const last = at + middle.size();
        if (last < memory.size() && fits(at - 1, 0, needle.first_mask) &&
            fits(last, bytes.size() - 1, needle.last_mask)) {
            return true;
        }
    }
    return false;
}

std::vector<std::string> PinSearch::found_in(std::string_view memory) const {
    std::vector<std::string> found;
    for (Needle const& needle : needles_) {
        bool const is_told = std::find(found.begin(), found.end(), needle.form) != found.end();
        if (!is_told && is_in(memory, needle)) {
            found.push_back(needle.form);
        }
    }
    return found;
}

} // namespace integration
