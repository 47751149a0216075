#include "host/cli/unfinished_file.hpp"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

namespace cli {

UnfinishedFile::UnfinishedFile(std::string path)
    : path_{std::move(path)}, unfinished_{path_ + ".new"},
      descriptor_{::open(unfinished_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)} {}

UnfinishedFile::~UnfinishedFile() {
    if (is_open()) {
        (void)::close(descriptor_);
        (void)::unlink(unfinished_.c_str());
    }
}

bool UnfinishedFile::write(std::span<std::uint8_t const> bytes) const {
    while (!bytes.empty()) {
        auto const written = ::write(descriptor_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return false;
        }
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return true;
}

bool UnfinishedFile::finish(std::span<std::uint8_t const> bytes) {
    bool const is_placed = write(bytes) && ::fsync(descriptor_) == 0 &&
                           std::rename(unfinished_.c_str(), path_.c_str()) == 0;
    if (is_placed) {
        (void)::close(descriptor_);
        descriptor_ = -1;
    }
    return is_placed;
}

} // namespace cli
