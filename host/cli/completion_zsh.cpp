#include "host/cli/completion_script.hpp"

namespace cli {
namespace {

/// Text between single quotes, as a specification of _arguments or _describe takes it.
std::string escaped(std::string const& text) {
    std::string result;
    for (char const c : text) {
        if (c == '\'') {
            result += "'\\''";
        } else if (c == ':' || c == '[' || c == ']') {
            result += std::string{"\\"} + c;
        } else {
            result += c;
        }
    }
    return result;
}

std::string function_name(CommandNode const& node) {
    std::string name = "_sscard";
    for (char const c : node.path.empty() ? "" : " " + node.path) {
        name += c == ' ' ? '_' : c;
    }
    return name;
}

/// ":label:action" for a value.
std::string value_of(OptionNode const& option) {
    std::string choices;
    for (std::string const& choice : option.choices) {
        choices += (choices.empty() ? "" : " ") + choice;
    }
    if (!choices.empty()) {
        return ":value:(" + choices + ")";
    }
    return option.is_path ? ":file:_files" : ":value: ";
}

std::string specification_of(OptionNode const& option) {
    std::string lines;
    for (std::string const& name : option.names) {
        lines += " \\\n        '" + name + "[" + escaped(option.description) + "]" +
                 (option.takes_value ? value_of(option) : "") + "'";
    }
    if (option.names.empty()) {
        lines += " \\\n        '" + value_of(option) + "'";
    }
    return lines;
}

void add_function(CommandNode const& node, std::string& script) {
    script += function_name(node) + "() {\n";
    if (!node.commands.empty()) {
        script += "    local -a commands=(\n";
        for (CommandNode const& command : node.commands) {
            script += "        '" + command.name + ":" + escaped(command.description) + "'\n";
        }
        script += "    )\n";
    }
    script += "    _arguments -C";
    for (OptionNode const& option : node.options) {
        script += specification_of(option);
    }
    if (!node.commands.empty()) {
        script += " \\\n        '1: :->command' \\\n        '*:: :->rest'\n"
                  "    case $state in\n"
                  "        command) _describe command commands ;;\n"
                  "        rest) (( $+functions[" +
                  function_name(node) + "_$words[1]] )) && " + function_name(node) +
                  "_$words[1] ;;\n"
                  "    esac\n";
    } else {
        script += "\n";
    }
    script += "}\n";
    for (CommandNode const& command : node.commands) {
        add_function(command, script);
    }
}

} // namespace

std::string zsh_completion(CommandNode const& program) {
    std::string script = "#compdef sscard\n"
                         "# Completes sscard in zsh; made by: sscard completion zsh\n";
    add_function(program, script);
    return script + "compdef _sscard sscard\n";
}

} // namespace cli
