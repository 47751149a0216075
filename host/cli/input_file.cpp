#include "host/cli/input_file.hpp"

#include "host/api/answer.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>

namespace cli {

api::Outcome<std::string> read_input(std::string const& path, std::istream& in) {
    std::ifstream file;
    if (path != "-") {
        errno = 0;
        file.open(path, std::ios::binary);
    }
    std::istream& stream = path == "-" ? in : file;
    std::string text(api::request_size_max + 1, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (stream.bad() || (path != "-" && !file.is_open())) {
        std::string const reason = std::strerror(errno); // NOLINT(concurrency-mt-unsafe)
        return api::fault(api::code::request_invalid, path + ": " + reason);
    }
    text.resize(static_cast<std::size_t>(stream.gcount()));
    if (text.size() > api::request_size_max) {
        return api::fault(api::code::request_too_large, path);
    }
    return text;
}

} // namespace cli
