#include "host/daemon/moment_text.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

namespace sscardd {

std::string moment_text(std::chrono::system_clock::time_point moment) {
    auto const whole = std::chrono::floor<std::chrono::seconds>(moment);
    auto const rest = std::chrono::duration_cast<std::chrono::milliseconds>(moment - whole);
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z",
                       fmt::gmtime(std::chrono::system_clock::to_time_t(whole)), rest.count());
}

} // namespace sscardd
