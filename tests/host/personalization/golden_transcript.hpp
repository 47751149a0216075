#pragma once

#include "host/personalization/plan.hpp"

#include <string>
#include <string_view>

namespace personalization {

/// A plan as a transcript: each step's label behind #, then its commands, one a line. Long runs of
/// 00 are told as 00×n.
[[nodiscard]] std::string transcript_of(Plan const& plan);

/// The transcript tests/golden/NAME. Where SSCARD_WRITE_GOLDEN is set in the environment, it is
/// written anew first.
[[nodiscard]] std::string golden_transcript(std::string_view name, std::string const& transcript);

} // namespace personalization
