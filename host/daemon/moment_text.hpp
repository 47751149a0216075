#pragma once

#include <chrono>
#include <string>

namespace sscardd {

/// A moment as messages tell it: "2024-01-31T12:00:00.000Z".
[[nodiscard]] std::string moment_text(std::chrono::system_clock::time_point moment);

} // namespace sscardd
