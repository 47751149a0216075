#include "host/cli/command_tree.hpp"

namespace cli {
namespace {

/// The choices of a type's name such as ":{structure,data,both}".
std::vector<std::string> choices_of(std::string const& type_name) {
    std::vector<std::string> choices;
    std::size_t const open = type_name.find('{');
    std::size_t const close = type_name.find('}', open);
    if (open == std::string::npos || close == std::string::npos) {
        return choices;
    }
    for (std::size_t at = open + 1; at < close;) {
        std::size_t const end = std::min(type_name.find(',', at), close);
        choices.push_back(type_name.substr(at, end - at));
        at = end + 1;
    }
    return choices;
}

OptionNode option_node(CLI::Option const& option) {
    OptionNode node;
    for (std::string const& name : option.get_lnames()) {
        node.names.push_back("--" + name);
    }
    for (std::string const& name : option.get_snames()) {
        node.names.push_back("-" + name);
    }
    node.description = option.get_description();
    node.takes_value = option.get_expected_min() > 0 && option.get_type_size() != 0;
    node.is_path = option.get_type_name() == "PATH";
    node.choices = choices_of(option.get_type_name());
    return node;
}

CommandNode node_of(CLI::App const& app, std::string const& path) {
    CommandNode node{path, app.get_name(), app.get_description(), {}, {}};
    for (CLI::Option const* const option : app.get_options()) {
        node.options.push_back(option_node(*option));
    }
    for (CLI::App const* const command :
         app.get_subcommands([](CLI::App const*) { return true; })) {
        node.commands.push_back(node_of(*command, path.empty() ? command->get_name()
                                                               : path + " " + command->get_name()));
    }
    return node;
}

} // namespace

CommandNode command_tree(CLI::App const& app) { return node_of(app, ""); }

} // namespace cli
