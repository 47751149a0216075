#pragma once

#include "host/store/durable_file.hpp"

namespace store {

/// Held by the one process that owns a database; the operating system lets go of it when the
/// process ends, however it ends.
class OwnerLock {
public:
    /// Takes the lock of that file. Fault: journal_failed; the detail says that another process has
    /// it, and which.
    [[nodiscard]] static session::Outcome<OwnerLock> take(std::filesystem::path const& path);

private:
    explicit OwnerLock(Descriptor file) : file_{std::move(file)} {}

    Descriptor file_;
};

} // namespace store
