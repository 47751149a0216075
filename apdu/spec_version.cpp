#include "apdu/spec_version.hpp"

#include <algorithm>

namespace apdu {

std::optional<SpecVersion> spec_version_from_text(std::string_view text) {
    constexpr std::size_t compared = 3;
    std::string_view const head = text.substr(0, compared);
    if (std::all_of(head.begin(), head.end(), [](char c) { return c == ' ' || c == '\0'; })) {
        return SpecVersion::v1_00;
    }
    for (SpecVersion const version : {SpecVersion::v1_00, SpecVersion::v2_00, SpecVersion::v3_00}) {
        if (head == to_text(version).substr(0, compared)) {
            return version;
        }
    }
    return std::nullopt;
}

std::string_view to_text(SpecVersion version) {
    switch (version) {
    case SpecVersion::v1_00:
        return "1.00";
    case SpecVersion::v2_00:
        return "2.00";
    case SpecVersion::v3_00:
        return "3.00";
    }
    return {};
}

} // namespace apdu
