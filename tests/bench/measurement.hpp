#pragma once

#include <string>
#include <vector>

namespace bench {

/// One measured figure and what it is held against.
struct Measurement {
    std::string name;
    double value;
    std::string unit;
    double bound;
    std::string against; ///< the peer or limit of the same run
};

/// The figure as one line: JSON (`name, value, unit, bound, better, against, command`), or text.
/// Every figure of ours is better when lower.
[[nodiscard]] std::string to_line(Measurement const& measurement, bool as_json);

/// The middle value; of an even count the lower of the two. `values` has at least one.
[[nodiscard]] double median(std::vector<double> values);

} // namespace bench
