#include "keys/pkcs11/key_label.hpp"

#include <algorithm>
#include <array>

namespace keys::pkcs11 {
namespace {

constexpr std::string_view mark = "sscard";
constexpr std::string_view test_mark = "test";
constexpr std::array<std::string_view, 3> tiers{"ministry", "province", "city"};
constexpr std::array<std::string_view, 3> kinds{"DES", "3DES", "SM4"};

/// The place of `text` in `names`, or nothing.
std::optional<std::size_t> place_of(std::span<std::string_view const> names,
                                    std::string_view text) {
    auto const found = std::find(names.begin(), names.end(), text);
    if (found == names.end()) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - names.begin());
}

/// Takes the word before the next space off `text`.
std::string_view next_word(std::string_view& text) {
    std::size_t const end = std::min(text.find(' '), text.size());
    std::string_view const word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return word;
}

} // namespace

std::string to_text(KeyLabel const& label) {
    std::string text{mark};
    text += ' ';
    text += apdu::to_text(label.name);
    text += ' ';
    text += kinds.at(static_cast<std::size_t>(label.kind));
    text += ' ';
    text += tiers.at(static_cast<std::size_t>(label.tier));
    if (label.version) {
        text += " v" + std::to_string(*label.version);
    }
    if (label.is_test) {
        text += ' ';
        text += test_mark;
    }
    return text;
}

std::optional<KeyLabel> key_label_from_text(std::string_view text) {
    if (text.size() > label_size_max) {
        return std::nullopt;
    }
    std::string_view rest = text;
    bool const is_ours = next_word(rest) == mark;
    auto const name = apdu::key_name_from_text(next_word(rest));
    auto const kind = place_of(kinds, next_word(rest));
    auto const tier = place_of(tiers, next_word(rest));
    if (!is_ours || !name || !kind || !tier) {
        return std::nullopt;
    }
    KeyLabel label{*name, std::nullopt, static_cast<Tier>(*tier), static_cast<CipherKind>(*kind),
                   false};
    std::string_view word = next_word(rest);
    if (word.size() == 2 && word[0] == 'v') {
        auto const version = static_cast<std::uint8_t>(word[1] - '0');
        if (version < 1 || version > key_version_max) {
            return std::nullopt;
        }
        label.version = version;
        word = next_word(rest);
    }
    label.is_test = word == test_mark;
    // One text for one key: whatever is written another way is somebody else's.
    if (to_text(label) != text) {
        return std::nullopt;
    }
    return label;
}

} // namespace keys::pkcs11
