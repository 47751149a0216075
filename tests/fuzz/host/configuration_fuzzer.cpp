#include "host/daemon/configuration.hpp"

#include <cstdlib>

/// Whatever a configuration file holds, it is a configuration within its limits, or faults with
/// their places.
extern "C" int LLVMFuzzerTestOneInput(unsigned char const* bytes, std::size_t size) {
    using namespace sscardd;
    auto const result = parse_configuration({reinterpret_cast<char const*>(bytes), size});
    if (auto const* const faults = std::get_if<std::vector<ConfigurationFault>>(&result)) {
        for (ConfigurationFault const& fault : *faults) {
            if (fault.where.empty() || fault.what.empty()) {
                std::abort();
            }
        }
        return faults->empty() ? (std::abort(), 0) : 0;
    }
    auto const& configuration = std::get<Configuration>(result);
    bool const is_sound = !configuration.socket_path.empty() &&
                          configuration.socket_access.mode <= 0777U &&
                          configuration.tries.pin >= 1 && configuration.tries.pin <= 15 &&
                          keys::Pin::from_digits(configuration.default_pin).ok() &&
                          personalization::find_profile(configuration.profile) != nullptr;
    if (!is_sound) {
        std::abort();
    }
    return 0;
}
