#pragma once

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace cli {

/// An option or positional argument as completion needs to know it.
struct OptionNode {
    std::vector<std::string> names{}; ///< with their dashes; empty for a positional one
    std::string description{};
    bool takes_value = false;
    bool is_path = false;               ///< its value names a file
    std::vector<std::string> choices{}; ///< the values that it takes, where there are few
};

/// A command with what may follow it.
struct CommandNode {
    std::string path{}; ///< "card read"; empty for the program itself
    std::string name{};
    std::string description{};
    std::vector<OptionNode> options{};
    std::vector<CommandNode> commands{};
};

/// The tree of all commands of `app`, as they are defined: nothing is written down twice.
[[nodiscard]] CommandNode command_tree(CLI::App const& app);

} // namespace cli
