#include "host/store/durable_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <system_error>

namespace store {

Descriptor::~Descriptor() {
    if (is_open()) {
        (void)::close(number_);
    }
}

session::Fault file_fault(std::filesystem::path const& path) {
    return session::Fault{.code = session::FaultCode::journal_failed,
                          .detail = path.string() + ": " + std::generic_category().message(errno)};
}

Descriptor open_file(std::filesystem::path const& path, int flags) {
    constexpr mode_t owner_only = 0600;
    return Descriptor{::open(path.c_str(), flags | O_CLOEXEC, owner_only)};
}

bool write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        auto const written = ::write(descriptor, text.data(), text.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return false;
        }
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

bool sync_directory(std::filesystem::path const& directory) {
    Descriptor const opened = open_file(directory, O_RDONLY | O_DIRECTORY);
    return opened.is_open() && ::fsync(opened.number()) == 0;
}

session::Outcome<std::optional<std::string>> read_file(std::filesystem::path const& path) {
    Descriptor const file = open_file(path, O_RDONLY);
    if (!file.is_open() && errno == ENOENT) {
        return std::optional<std::string>{};
    }
    if (!file.is_open()) {
        return file_fault(path);
    }
    std::string text;
    std::array<char, 4096> block{};
    while (true) {
        auto const size = ::read(file.number(), block.data(), block.size());
        if (size < 0 && errno == EINTR) {
            continue;
        }
        if (size < 0) {
            return file_fault(path);
        }
        if (size == 0) {
            return std::optional{std::move(text)};
        }
        text.append(block.data(), static_cast<std::size_t>(size));
        if (text.size() > read_size_max) {
            errno = EFBIG;
            return file_fault(path);
        }
    }
}

session::Outcome<apdu::Done> remove_file(std::filesystem::path const& path) {
    if ((::unlink(path.c_str()) != 0 && errno != ENOENT) || !sync_directory(path.parent_path())) {
        return file_fault(path);
    }
    return apdu::Done{};
}

session::Outcome<apdu::Done> rename_file(std::filesystem::path const& from,
                                         std::filesystem::path const& to) {
    if (std::rename(from.c_str(), to.c_str()) != 0 || !sync_directory(to.parent_path())) {
        return file_fault(to);
    }
    return apdu::Done{};
}

} // namespace store
