#pragma once

#include "keys/remote/wiped.hpp"

#include "keys/key_fault.hpp"
#include "keys/key_reference.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace keys::remote {

/// Whether the centre's keys can be worked with.
enum class CatalogueState : std::uint8_t { open, locked, unusable };

/// One master key of the centre, by everything but itself.
struct CatalogueKey {
    apdu::KeyName name{};
    std::string tier{}; ///< "ministry", "province", "city"
    Algorithm algorithm{};
    std::optional<std::uint8_t> version{}; ///< 1…3; none: for each without a key of its own
    std::uint8_t size = 0;                 ///< bytes, 8 or 16
    std::string check_value{};             ///< 6 hex digits
};

/// What a key makes of zeros, for a card that there is not: of the keys by which a making that goes
/// on knows that they are those it began with (personalization/key_checks.hpp).
struct MadeOfZeros {
    Algorithm algorithm{};
    apdu::KeyName name{};
    std::array<std::uint8_t, 8> data{};
};

/// What the centre tells of its keys.
struct KeyCatalogue {
    CatalogueState state = CatalogueState::unusable;
    bool are_test_keys = false;
    std::vector<CatalogueKey> keys{};
    std::vector<MadeOfZeros> zeros{};
};

/// Keys that a catalogue may have.
inline constexpr std::size_t catalogue_keys_max = 1024;

/// The key that serves such a card: of its own version, else one for any; null: none.
[[nodiscard]] CatalogueKey const* find_key(KeyCatalogue const& catalogue, Algorithm algorithm,
                                           KeyReference key);

/// The catalogue as text.
[[nodiscard]] WipedText encode(KeyCatalogue const& catalogue);

/// The catalogue that a text is, or nothing.
[[nodiscard]] std::optional<KeyCatalogue> parse_catalogue(std::string_view text);

} // namespace keys::remote
