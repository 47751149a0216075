#pragma once

#include "host/cli/command_tree.hpp"

#include <string>

namespace cli {

/// A script that completes commands, options, choices and paths of files in that shell.
[[nodiscard]] std::string bash_completion(CommandNode const& program);
[[nodiscard]] std::string zsh_completion(CommandNode const& program);
[[nodiscard]] std::string fish_completion(CommandNode const& program);

} // namespace cli
