#include "host/cli/local_moment.hpp"

#include "host/cli/text_layout.hpp"

#include <array>
#include <ctime>

namespace cli {

std::string local_moment(std::string const& utc) {
    std::tm parts{};
    if (strptime(utc.c_str(), "%Y-%m-%dT%H:%M:%S", &parts) == nullptr) {
        return printable(utc);
    }
    std::time_t const moment = timegm(&parts);
    std::tm local{};
    std::array<char, 32> text{};
    if (localtime_r(&moment, &local) == nullptr ||
        std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M:%S", &local) == 0) {
        return printable(utc);
    }
    return text.data();
}

} // namespace cli
