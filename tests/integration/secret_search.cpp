#include "tests/integration/secret_search.hpp"

#include "tests/integration/process.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstring>
#include <filesystem>

namespace integration {
namespace {

bool stands_between_digits(char c) {
    return std::string_view{" \t\r\n:-,;._[]\"'"}.find(c) != std::string_view::npos;
}

/// In small letters, without separators and 0x.
std::string squeezed(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        bool const is_prefix = text[i] == '0' && i + 1 < text.size() && text[i + 1] == 'x';
        if (is_prefix) {
            ++i;
        } else if (!stands_between_digits(text[i])) {
            out += static_cast<char>(std::tolower(static_cast<unsigned char>(text[i])));
        }
    }
    return out;
}

std::string bytes_of_hex(std::string_view hex) {
    std::string const digits = squeezed(hex);
    std::string bytes;
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
        bytes += static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16));
    }
    return bytes;
}

std::string hex_of_bytes(std::string const& bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    for (char const c : bytes) {
        auto const byte = static_cast<unsigned char>(c);
        hex += digits[byte >> 4U];
        hex += digits[byte & 0x0FU];
    }
    return hex;
}

/// What of those bytes is the same in base64 whatever stands before and after them, where they
/// begin `shift` bytes after the beginning of a group of three.
std::string in_base64(std::string const& bytes, std::size_t shift, std::string_view last_two) {
    std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    alphabet += last_two;
    std::string const whole = std::string(shift, '\0') + bytes;
    std::string text;
    for (std::size_t bit = 0; bit + 6 <= 8 * whole.size(); bit += 6) {
        if (bit < 8 * shift) {
            continue; // a digit that holds another's bits
        }
        auto const at = [&whole](std::size_t i) {
            return i < whole.size() ? static_cast<unsigned char>(whole[i]) : 0U;
        };
        unsigned const pair = (at(bit / 8) << 8U) | at(bit / 8 + 1);
        text += alphabet[(pair >> (10U - bit % 8)) & 0x3FU];
    }
    return text;
}

std::string in_decimal(std::string const& bytes) {
    std::string text;
    for (char const c : bytes) {
        text += std::to_string(static_cast<unsigned char>(c));
    }
    return text;
}

constexpr std::size_t beginning_size = 4;

std::uint32_t beginning(char const* text) {
    std::uint32_t value = 0;
    std::memcpy(&value, text, beginning_size);
    return value;
}

std::uint16_t first_two(char const* text) {
    std::uint16_t value = 0;
    std::memcpy(&value, text, sizeof value);
    return value;
}

} // namespace

void SecretSearch::Needles::add(std::string what, std::string text) {
    ASSERT_GE(text.size(), beginning_size) << what << ": too short to be told from chance";
    first_two_.set(first_two(text.data()));
    std::uint32_t const key = beginning(text.data());
    by_beginning_.emplace(key, Needle{std::move(what), std::move(text)});
}

void SecretSearch::Needles::find_in(std::string_view text, std::vector<std::string>& found) const {
    for (std::size_t at = 0; at + beginning_size <= text.size(); ++at) {
        if (!first_two_.test(first_two(text.data() + at))) {
            continue;
        }
        auto const [from, to] = by_beginning_.equal_range(beginning(text.data() + at));
        for (auto one = from; one != to; ++one) {
            bool const is_here = text.substr(at).starts_with(one->second.text);
            if (is_here && std::find(found.begin(), found.end(), one->second.what) == found.end()) {
                found.push_back(one->second.what);
            }
        }
    }
}

void SecretSearch::add_forms(std::string const& name, std::string const& bytes) {
    as_is_.add(name + ", as it is", bytes);
    squeezed_.add(name + ", as hex", hex_of_bytes(bytes));
    squeezed_.add(name + ", as decimal numbers", in_decimal(bytes));
    for (std::size_t shift = 0; shift < 3; ++shift) {
        for (std::string_view const last_two : {"+/", "-_"}) {
            as_is_.add(name + ", as base64", in_base64(bytes, shift, last_two));
        }
    }
}

void SecretSearch::add_hex(std::string const& name, std::string_view hex) {
    add_bytes(name, bytes_of_hex(hex));
}

void SecretSearch::add_bytes(std::string const& name, std::string const& bytes) {
    ++secrets_;
    add_forms(name, bytes);
}

void SecretSearch::add_digits(std::string const& name, std::string_view digits) {
    ++secrets_;
    std::string bcd{digits};
    bcd += digits.size() % 2 == 0 ? "" : "F";
    add_forms(name, std::string{digits});
    add_forms(name + " in BCD", bytes_of_hex(bcd));
}

void SecretSearch::add_words(std::string const& name, std::string_view words) {
    ++secrets_;
    add_forms(name, std::string{words});
}

std::vector<std::string> SecretSearch::found_in(std::string_view text) const {
    std::vector<std::string> found;
    as_is_.find_in(text, found);
    squeezed_.find_in(squeezed(text), found);
    return found;
}

std::vector<std::string> SecretSearch::found_below(std::string const& folder) const {
    std::vector<std::string> found;
    for (auto at = std::filesystem::recursive_directory_iterator{folder};
         at != std::filesystem::recursive_directory_iterator{}; ++at) {
        if (at->is_directory() && at->path().filename() == given_folder) {
            at.disable_recursion_pending();
        }
        if (!at->is_regular_file()) {
            continue;
        }
        for (std::string const& what : found_in(text_of_file(at->path()))) {
            found.push_back(at->path().string() + ": " + what);
        }
    }
    return found;
}

} // namespace integration
