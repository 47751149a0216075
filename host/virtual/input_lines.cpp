#include "host/virtual/input_lines.hpp"

#include <unistd.h>

#include <array>

namespace virtual_card {

std::string InputLines::take_characters() {
    std::array<char, 4096> read_in{};
    auto const size = ::read(descriptor_, read_in.data(), read_in.size());
    if (size <= 0) {
        descriptor_ = -1;
        return {};
    }
    return {read_in.data(), static_cast<std::size_t>(size)};
}

std::vector<std::string> InputLines::take() {
    open_ += take_characters();
    std::vector<std::string> lines;
    for (auto end = open_.find('\n'); end != std::string::npos; end = open_.find('\n')) {
        lines.push_back(open_.substr(0, end));
        open_.erase(0, end + 1);
    }
    return lines;
}

} // namespace virtual_card
