#include "host/store/owner_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

namespace store {

session::Outcome<OwnerLock> OwnerLock::take(std::filesystem::path const& path) {
    Descriptor file = open_file(path, O_RDWR | O_CREAT);
    if (!file.is_open()) {
        return file_fault(path);
    }
    if (::flock(file.number(), LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) {
            return file_fault(path);
        }
        auto const owner = read_file(path);
        std::string const process = owner.ok() && owner.value() ? *owner.value() : std::string{};
        return session::Fault{.code = session::FaultCode::journal_failed,
                              .detail = path.string() + ": process " + process +
                                        " has it; only one sscardd can use it at a time"};
    }
    // Only told to others: a disk that is full does not matter here.
    (void)(::ftruncate(file.number(), 0) == 0 &&
           write_all(file.number(), std::to_string(::getpid())));
    return OwnerLock{std::move(file)};
}

} // namespace store
