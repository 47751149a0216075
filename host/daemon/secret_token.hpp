#pragma once

#include <string>
#include <string_view>

namespace sscardd {

/// Text that nobody guesses, for a client that comes back; empty where the system has no random
/// numbers.
[[nodiscard]] std::string new_token();

/// True for the same token, in a time that says nothing of where they differ.
[[nodiscard]] bool is_same_token(std::string_view left, std::string_view right);

} // namespace sscardd
