#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace apdu {

/// The generation of the card's file structure: item 03 of SSSE/EF05 (card.md, head and §1.5).
enum class SpecVersion : std::uint8_t { v1_00, v2_00, v3_00 };

/// By the first three characters of `text` ("1.0", "2.0", "3.0"); blank or zero bytes count
/// as 1.0x. Nothing for any other version.
[[nodiscard]] std::optional<SpecVersion> spec_version_from_text(std::string_view text);

/// "1.00", "2.00", "3.00".
[[nodiscard]] std::string_view to_text(SpecVersion version);

} // namespace apdu
