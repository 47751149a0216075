#pragma once

#include <cstddef>
#include <functional>
#include <optional>

namespace store {

/// Runs `work` in a process of its own, which is killed (SIGKILL) right before its n-th system call
/// that changes a file or directory, from 1. Gives true if it was; false if it came to its end
/// before that. Nothing where the process failed or could not be watched.
[[nodiscard]] std::optional<bool> killed_before_change(std::size_t number,
                                                       std::function<void()> const& work);

} // namespace store
