#pragma once

#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace integration {

/// Secrets, and the search for each of them in the forms that a program may write it in: as it is,
/// as hex in either case, in groups or not, as base64 at any place of a longer text, as a list of
/// decimal numbers; a PIN also as BCD.
class SecretSearch {
public:
    /// A key or part of one: pairs of hex digits, blanks between them or not. `name` is what a
    /// finding says instead of the secret.
    void add_hex(std::string const& name, std::string_view hex);
    void add_bytes(std::string const& name, std::string const& bytes);
    /// A PIN, long and odd enough to stand nowhere by chance.
    void add_digits(std::string const& name, std::string_view digits);
    /// Words, such as a passphrase.
    void add_words(std::string const& name, std::string_view words);

    [[nodiscard]] std::size_t size() const { return secrets_; }
    /// What was found: "the HSM's PIN, as base64".
    [[nodiscard]] std::vector<std::string> found_in(std::string_view text) const;
    /// The same in each file below a folder, which stands before it. Passes over `given`, a folder
    /// in it with what people brought along.
    [[nodiscard]] std::vector<std::string> found_below(std::string const& folder) const;

private:
    /// What is looked for, by its first bytes: one look at a text is enough for all.
    class Needles {
    public:
        void add(std::string what, std::string text);
        /// Adds what is in the text and is not in `found` yet.
        void find_in(std::string_view text, std::vector<std::string>& found) const;

    private:
        struct Needle {
            std::string what;
            std::string text;
        };
        std::unordered_multimap<std::uint32_t, Needle> by_beginning_{};
        std::bitset<65536> first_two_{};
    };
    void add_forms(std::string const& name, std::string const& bytes);

    std::size_t secrets_ = 0;
    Needles as_is_{};
    Needles squeezed_{}; ///< in small letters, without what may stand between digits
};

/// The folder of an office's own in which people's files stand, keys in the clear among them.
inline constexpr auto* given_folder = "given";

} // namespace integration
