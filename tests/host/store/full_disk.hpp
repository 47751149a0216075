#pragma once

#include "apdu/require.hpp"

#include <sys/resource.h>

#include <csignal>

namespace store {

/// No file can grow over `size` bytes while it lasts: writes are cut short there and then fail, as
/// on a disk that is full.
class FullDisk {
public:
    explicit FullDisk(std::size_t size) : was_{std::signal(SIGXFSZ, SIG_IGN)} {
        apdu::require(::getrlimit(RLIMIT_FSIZE, &before_) == 0);
        set(size);
    }
    FullDisk(FullDisk const&) = delete;
    FullDisk& operator=(FullDisk const&) = delete;
    ~FullDisk() {
        set(before_.rlim_cur);
        (void)std::signal(SIGXFSZ, was_);
    }

private:
    void set(rlim_t size) const {
        rlimit const limit{.rlim_cur = size, .rlim_max = before_.rlim_max};
        apdu::require(::setrlimit(RLIMIT_FSIZE, &limit) == 0);
    }
    rlimit before_{};
    void (*was_)(int);
};

} // namespace store
