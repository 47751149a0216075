#include "host/cli/input_file.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>

namespace cli {

api::Outcome<std::string> read_input(std::string const& path, std::istream& in,
                                     std::size_t size_max) {
    std::ifstream file;
    if (path != "-") {
        errno = 0;
        file.open(path, std::ios::binary);
    }
    std::istream& stream = path == "-" ? in : file;
    std::string text;
    std::array<char, 65536> part{};
    while (text.size() <= size_max && stream.read(part.data(), part.size()).gcount() > 0) {
        text.append(part.data(), static_cast<std::size_t>(stream.gcount()));
    }
    if (stream.bad() || (path != "-" && !file.is_open())) {
        std::string const reason = std::strerror(errno); // NOLINT(concurrency-mt-unsafe)
        return api::fault(api::code::request_invalid, path + ": " + reason);
    }
    if (text.size() > size_max) {
        return api::fault(api::code::request_too_large, path);
    }
    return text;
}

bool write_output(std::string const& path, std::span<std::uint8_t const> bytes) {
    std::ofstream file{path, std::ios::binary | std::ios::trunc};
    file.write(reinterpret_cast<char const*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
    file.close();
    return !file.fail();
}

} // namespace cli
