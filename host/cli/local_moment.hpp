#pragma once

#include <string>

namespace cli {

/// A moment of a message ("2024-01-31T12:00:00.000Z") in the time of this place: "2024-01-31
/// 20:00:00". What is no moment is given back as it may be printed.
[[nodiscard]] std::string local_moment(std::string const& utc);

} // namespace cli
