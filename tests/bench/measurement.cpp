#include "tests/bench/measurement.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace bench {
namespace {

double to_thousandths(double value) { return std::round(value * 1000.0) / 1000.0; }

} // namespace

std::string to_line(Measurement const& measurement, bool as_json) {
    if (as_json) {
        nlohmann::ordered_json const line{{"name", measurement.name},
                                          {"value", to_thousandths(measurement.value)},
                                          {"unit", measurement.unit},
                                          {"bound", measurement.bound},
                                          {"better", "lower"},
                                          {"against", measurement.against},
                                          {"command", "tests/bench/run " + measurement.name}};
        return line.dump();
    }
    std::array<char, 200> line{};
    std::snprintf(line.data(), line.size(), "%-22s %8.3f %-6s at most %6.2f   against %s",
                  measurement.name.c_str(), measurement.value, measurement.unit.c_str(),
                  measurement.bound, measurement.against.c_str());
    return line.data();
}

double median(std::vector<double> values) {
    auto const middle = values.begin() + static_cast<std::ptrdiff_t>((values.size() - 1) / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

} // namespace bench
