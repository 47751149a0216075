#include "host/cli/completion_script.hpp"

namespace cli {
namespace {

std::string in_quotes(std::string const& text) {
    std::string result = "'";
    for (char const c : text) {
        result += c == '\'' || c == '\\' ? std::string{"\\"} + c : std::string{c};
    }
    return result + "'";
}

std::string start_of_line(CommandNode const& node) {
    return "complete -c sscard -n " + in_quotes("__sscard_is_at " + in_quotes(node.path)) + " ";
}

std::string option_line(CommandNode const& node, OptionNode const& option) {
    std::string line = start_of_line(node);
    for (std::string const& name : option.names) {
        line +=
            name.starts_with("--") ? "-l " + name.substr(2) + " " : "-s " + name.substr(1) + " ";
    }
    if (option.takes_value && !option.is_path) {
        line += "-x ";
    } else if (option.takes_value) {
        line += "-r -F ";
    }
    if (!option.choices.empty()) {
        std::string choices;
        for (std::string const& choice : option.choices) {
            choices += (choices.empty() ? "" : " ") + choice;
        }
        line += "-a " + in_quotes(choices) + " ";
    }
    return line + "-d " + in_quotes(option.description) + "\n";
}

void add_lines(CommandNode const& node, std::string& script) {
    for (CommandNode const& command : node.commands) {
        script += start_of_line(node) + "-f -a " + command.name + " -d " +
                  in_quotes(command.description) + "\n";
    }
    for (OptionNode const& option : node.options) {
        script += option_line(node, option);
    }
    for (CommandNode const& command : node.commands) {
        add_lines(command, script);
    }
}

void add_cases(CommandNode const& node, std::string& script) {
    for (CommandNode const& command : node.commands) {
        script += "            case " + in_quotes(node.path + "|" + command.name) +
                  "\n                set path " + in_quotes(command.path) + "\n";
        add_cases(command, script);
    }
}

} // namespace

std::string fish_completion(CommandNode const& program) {
    std::string script = "# Completes sscard in fish; made by: sscard completion fish\n"
                         "function __sscard_is_at\n"
                         "    set -l path ''\n"
                         "    for word in (commandline -opc)[2..-1]\n"
                         "        switch \"$path|$word\"\n";
    add_cases(program, script);
    script += "        end\n"
              "    end\n"
              "    test \"$path\" = \"$argv[1]\"\n"
              "end\n";
    add_lines(program, script);
    return script;
}

} // namespace cli
