#pragma once

#include "host/audit/minutes_text.hpp"

#include <cstdint>
#include <vector>

namespace audit {

/// The minutes as a PDF on A4, in Chinese and English, with their digest and signature, and a line
/// for each custodian and witness to sign on. Needs a font with Chinese characters; chosen by
/// fontconfig. Fault: failed.
[[nodiscard]] AuditResult<std::vector<std::uint8_t>> draw_minutes(SignedMinutes const& minutes);

} // namespace audit
