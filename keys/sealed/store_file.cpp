#include "keys/sealed/store_file.hpp"

#include "keys/sealed/store_header.hpp"

#include "keys/sealed/store_content.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

namespace keys::sealed {
namespace {

/// A store of this format is never larger; one byte more tells that a file is.
constexpr std::size_t file_size_max = header_size + content_size_max + tag_size;

StoreFault with_reason(StoreFaultCode code, std::filesystem::path const& path) {
    return {code, path.string() + ": " + std::generic_category().message(errno)};
}

/// The process id that a lock file tells.
std::string holder_of(int lock) {
    std::array<char, 16> text{};
    auto const size = ::pread(lock, text.data(), text.size(), 0);
    return {text.data(), static_cast<std::size_t>(size > 0 ? size : 0)};
}

/// True where nobody but this process's user (and root) has a way to the file.
bool is_private(int descriptor, std::string& why) {
    struct stat found {};
    if (::fstat(descriptor, &found) != 0) {
        return false;
    }
    constexpr mode_t of_others = S_IRWXG | S_IRWXO;
    bool const is_ours = found.st_uid == ::geteuid() || found.st_uid == 0;
    if (!S_ISREG(found.st_mode)) {
        why = "no regular file";
    } else if (!is_ours) {
        why = "belongs to user " + std::to_string(found.st_uid);
    } else if ((found.st_mode & of_others) != 0) {
        why = "others may read or write it; it must have mode 0600";
    }
    return why.empty();
}

} // namespace

OpenFile::OpenFile(OpenFile&& from) noexcept : number_{std::exchange(from.number_, -1)} {}

OpenFile::~OpenFile() {
    if (is_open()) {
        (void)::close(number_);
    }
}

StoreResult<std::vector<std::uint8_t>> read_store_file(std::filesystem::path const& path) {
    OpenFile const file{system_calls().open(path.string(), O_RDONLY | O_NONBLOCK)};
    if (!file.is_open()) {
        return errno == ENOENT ? StoreFault{StoreFaultCode::missing, path.string()}
                               : with_reason(StoreFaultCode::not_readable, path);
    }
    std::string why;
    if (!is_private(file.number(), why)) {
        return StoreFault{StoreFaultCode::permissions, path.string() + ": " + why};
    }
    std::vector<std::uint8_t> bytes(file_size_max + 1);
    std::size_t size = 0;
    while (size < bytes.size()) {
        auto const read = ::read(file.number(), bytes.data() + size, bytes.size() - size);
        if (read < 0 && errno == EINTR) {
            continue;
        }
        if (read < 0) {
            return with_reason(StoreFaultCode::not_readable, path);
        }
        if (read == 0) {
            break;
        }
        size += static_cast<std::size_t>(read);
    }
    bytes.resize(size);
    if (size > file_size_max) {
        return StoreFault{StoreFaultCode::not_a_store, path.string()};
    }
    return bytes;
}

StoreResult<StoreFile> StoreFile::claim(std::filesystem::path path, FileCalls& calls) {
    std::filesystem::path const lock_path = path.string() + ".lock";
    OpenFile lock{calls.open(lock_path.string(), O_RDWR | O_CREAT)};
    if (!lock.is_open()) {
        return with_reason(StoreFaultCode::not_written, lock_path);
    }
    if (::flock(lock.number(), LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) {
            return with_reason(StoreFaultCode::not_written, lock_path);
        }
        return StoreFault{StoreFaultCode::in_use,
                          path.string() + ": process " + holder_of(lock.number())};
    }
    // Only told to others: a disk that is full does not matter here.
    std::string const pid = std::to_string(::getpid());
    (void)(::ftruncate(lock.number(), 0) == 0 &&
           ::pwrite(lock.number(), pid.data(), pid.size(), 0) > 0);
    return StoreFile{std::move(path), calls, std::move(lock)};
}

bool StoreFile::exists() const {
    struct stat found {};
    return ::lstat(path_.c_str(), &found) == 0;
}

bool StoreFile::write_new(std::string const& to, apdu::ByteView bytes) const {
    calls_->unlink(to); // left by a crash
    OpenFile const file{calls_->open(to, O_WRONLY | O_CREAT | O_EXCL)};
    if (!file.is_open()) {
        return false;
    }
    while (!bytes.empty()) {
        auto const written = calls_->write(file.number(), bytes);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return false;
        }
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return calls_->sync(file.number()) == 0;
}

bool StoreFile::keep_previous() const {
    if (!exists()) {
        return true;
    }
    std::string const previous = path_.string() + ".previous";
    calls_->unlink(previous);
    return calls_->link(path_.string(), previous) == 0;
}

bool StoreFile::sync_folder() const {
    auto const folder = path_.has_parent_path() ? path_.parent_path() : std::filesystem::path{"."};
    OpenFile const opened{calls_->open(folder.string(), O_RDONLY | O_DIRECTORY)};
    return opened.is_open() && calls_->sync(opened.number()) == 0;
}

StoreResult<apdu::Done> StoreFile::forget_previous() const {
    std::string const previous = path_.string() + ".previous";
    calls_->unlink(previous);
    std::error_code unknown;
    if (std::filesystem::exists(previous, unknown) || unknown || !sync_folder()) {
        return with_reason(StoreFaultCode::maybe_not_kept, previous);
    }
    return apdu::Done{};
}

StoreResult<apdu::Done> StoreFile::replace(apdu::ByteView bytes) const {
    std::string const fresh = path_.string() + ".new";
    if (!write_new(fresh, bytes) || !keep_previous() ||
        calls_->rename(fresh, path_.string()) != 0) {
        StoreFault const fault = with_reason(StoreFaultCode::not_written, path_);
        calls_->unlink(fresh);
        return fault;
    }
    if (!sync_folder()) {
        return with_reason(StoreFaultCode::maybe_not_kept, path_);
    }
    return apdu::Done{};
}

} // namespace keys::sealed
