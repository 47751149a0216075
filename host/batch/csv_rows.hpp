#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace batch {

/// The cells of each row of RFC 4180 text; rows without any character are left out. Nothing where a
/// quote stands wrong or is not closed.
[[nodiscard]] std::optional<std::vector<std::vector<std::string>>> csv_rows(std::string_view text);

} // namespace batch
