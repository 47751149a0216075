#include "host/store/line_chain.hpp"

#include "apdu/bytes.hpp"

#include <openssl/sha.h>

namespace store {
namespace {

constexpr std::size_t check_bytes = 8;

/// Of the digest before and the numbered content.
std::array<std::uint8_t, 32> digest_over(std::array<std::uint8_t, 32> const& before,
                                         std::string_view numbered) {
    std::string text{reinterpret_cast<char const*>(before.data()), before.size()};
    text += numbered;
    std::array<std::uint8_t, 32> digest{};
    auto const* const made =
        ::SHA256(reinterpret_cast<std::uint8_t const*>(text.data()), text.size(), digest.data());
    apdu::require(made != nullptr);
    return digest;
}

/// Small hex digits: they are compared as text, so that there is one spelling only.
std::string check_text(std::array<std::uint8_t, 32> const& digest) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (std::uint8_t const byte : std::span{digest}.first<check_bytes>()) {
        text += digits[byte >> 4U];
        text += digits[byte & 0x0FU];
    }
    return text;
}

} // namespace

std::string LineChain::seal(std::string_view content) {
    apdu::require(content.find('\n') == std::string_view::npos);
    std::string line = std::to_string(++count_);
    line += ' ';
    line += content;
    digest_ = digest_over(digest_, line);
    line += ' ';
    line += check_text(digest_);
    line += '\n';
    return line;
}

std::optional<std::string_view> LineChain::unseal(std::string_view line) {
    std::string const number = std::to_string(count_ + 1) + ' ';
    std::size_t const check_size = 2 * check_bytes + 1; // with the blank before it
    if (!line.starts_with(number) || line.size() < number.size() + check_size) {
        return std::nullopt;
    }
    std::string_view const numbered = line.substr(0, line.size() - check_size);
    auto const digest = digest_over(digest_, numbered);
    if (line.substr(numbered.size()) != ' ' + check_text(digest)) {
        return std::nullopt;
    }
    ++count_;
    digest_ = digest;
    return numbered.substr(number.size());
}

} // namespace store
