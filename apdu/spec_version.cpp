#include "apdu/spec_version.hpp"

#include "apdu/text_slice.hpp"

#include <algorithm>

namespace apdu {
namespace {

/// The first three characters of `text`, or all of it.
std::string_view compared_part_of(std::string_view text) {
    constexpr std::size_t compared = 3;
    return slice(text, 0, std::min(text.size(), compared));
}

} // namespace

std::optional<SpecVersion> spec_version_from_text(std::string_view text) {
    std::string_view const head = compared_part_of(text);
    if (std::all_of(head.begin(), head.end(), [](char c) { return c == ' ' || c == '\0'; })) {
        return SpecVersion::v1_00;
    }
    for (SpecVersion const version : {SpecVersion::v1_00, SpecVersion::v2_00, SpecVersion::v3_00}) {
        if (head == compared_part_of(to_text(version))) {
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
