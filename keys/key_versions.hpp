#pragma once

#include "keys/algorithm.hpp"
#include "keys/key_reference.hpp"

#include "apdu/require.hpp"

#include <array>

namespace keys {

/// The version of each key that a card is authenticated with: 1, until an office went over to
/// another of the versions that cards carry. card.md §3.1.
class KeyVersions {
public:
    /// 1…3.
    [[nodiscard]] constexpr std::uint8_t of(Algorithm algorithm, apdu::KeyName name) const {
        std::uint8_t const version = versions_.at(place_of(algorithm, name));
        return version == 0 ? 1 : version;
    }

    /// require: the version is 1…3.
    constexpr void use(Algorithm algorithm, KeyReference key) {
        apdu::require(key.version >= 1 && key.version <= key_version_max);
        versions_.at(place_of(algorithm, key.name)) = key.version;
    }

    friend constexpr bool operator==(KeyVersions const&, KeyVersions const&) = default;

private:
    static constexpr std::size_t place_of(Algorithm algorithm, apdu::KeyName name) {
        return (static_cast<std::size_t>(algorithm) - 1) * apdu::key_name_count +
               static_cast<std::size_t>(name);
    }
    std::array<std::uint8_t, 3 * apdu::key_name_count> versions_{}; ///< 0: the first
};

} // namespace keys
