#include "host/personalization/profile.hpp"

#include "apdu/require.hpp"

#include <algorithm>

namespace personalization {

CosProfile const* find_profile(std::string_view name) {
    return name == t514().name ? &t514() : nullptr;
}

AlgorithmCodes const* algorithm_codes(CosProfile const& profile, keys::Algorithm algorithm) {
    auto const found =
        std::find_if(profile.algorithms.begin(), profile.algorithms.end(),
                     [algorithm](auto const& row) { return row.algorithm == algorithm; });
    return found == profile.algorithms.end() ? nullptr : &*found;
}

FileTypeCode const& file_type_code(CosProfile const& profile, apdu::FileType type) {
    auto const found = std::find_if(profile.file_types.begin(), profile.file_types.end(),
                                    [type](auto const& row) { return row.type == type; });
    apdu::require(found != profile.file_types.end());
    return *found;
}

std::uint8_t key_type_code(CosProfile const& profile, keys::T514KeyType kind) {
    auto const found = std::find_if(profile.key_types.begin(), profile.key_types.end(),
                                    [kind](auto const& row) { return row.kind == kind; });
    apdu::require(found != profile.key_types.end());
    return found->code;
}

} // namespace personalization
