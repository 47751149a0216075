#pragma once

#include "host/api/answer.hpp"
#include "host/api/outcome.hpp"

#include <cstdint>
#include <istream>
#include <span>
#include <string>

namespace cli {

/// What stands in a file, or comes from `in` for "-", at most `size_max` bytes, which is what a
/// request may hold. Faults: request_invalid (it cannot be read), request_too_large.
[[nodiscard]] api::Outcome<std::string> read_input(std::string const& path, std::istream& in,
                                                   std::size_t size_max = api::request_size_max);

/// Writes a new file, or another in the place of an old one; false: the system refuses.
[[nodiscard]] bool write_output(std::string const& path, std::span<std::uint8_t const> bytes);

} // namespace cli
