#include "host/cli/completion_script.hpp"

namespace cli {
namespace {

std::string joined(std::vector<std::string> const& words) {
    std::string text;
    for (std::string const& word : words) {
        text += (text.empty() ? "" : " ") + word;
    }
    return text;
}

/// The words that may follow a command.
std::vector<std::string> words_after(CommandNode const& node) {
    std::vector<std::string> words;
    for (CommandNode const& command : node.commands) {
        words.push_back(command.name);
    }
    for (OptionNode const& option : node.options) {
        words.insert(words.end(), option.names.begin(), option.names.end());
        if (option.names.empty()) {
            words.insert(words.end(), option.choices.begin(), option.choices.end());
        }
    }
    return words;
}

void add_paths(CommandNode const& node, std::string& script) {
    for (CommandNode const& command : node.commands) {
        script += "            \"" + node.path + "|" + command.name + "\") path=\"" + command.path +
                  "\" ;;\n";
        add_paths(command, script);
    }
}

void add_values(CommandNode const& node, std::string& script) {
    for (OptionNode const& option : node.options) {
        if (!option.takes_value) {
            continue;
        }
        for (std::string const& name : option.names) {
            script += "        \"" + node.path + "|" + name + "\") ";
            if (!option.choices.empty()) {
                script += "COMPREPLY=($(compgen -W \"" + joined(option.choices) +
                          "\" -- \"$current\")); return ;;\n";
            } else {
                script += option.is_path ? "COMPREPLY=($(compgen -f -- \"$current\")); return ;;\n"
                                         : "COMPREPLY=(); return ;;\n";
            }
        }
    }
    for (CommandNode const& command : node.commands) {
        add_values(command, script);
    }
}

void add_words(CommandNode const& node, std::string& script) {
    bool takes_path = false;
    for (OptionNode const& option : node.options) {
        takes_path = takes_path || (option.names.empty() && option.is_path);
    }
    script += "        \"" + node.path + "\") COMPREPLY=($(compgen " + (takes_path ? "-f " : "") +
              "-W \"" + joined(words_after(node)) + "\" -- \"$current\")) ;;\n";
    for (CommandNode const& command : node.commands) {
        add_words(command, script);
    }
}

} // namespace

std::string bash_completion(CommandNode const& program) {
    std::string script = "# Completes sscard in bash; made by: sscard completion bash\n"
                         "_sscard() {\n"
                         "    local current=\"${COMP_WORDS[COMP_CWORD]}\"\n"
                         "    local previous=\"${COMP_WORDS[COMP_CWORD-1]}\"\n"
                         "    local path=\"\" index\n"
                         "    for ((index = 1; index < COMP_CWORD; index++)); do\n"
                         "        case \"$path|${COMP_WORDS[index]}\" in\n";
    add_paths(program, script);
    script += "        esac\n"
              "    done\n"
              "    case \"$path|$previous\" in\n";
    add_values(program, script);
    script += "    esac\n"
              "    case \"$path\" in\n";
    add_words(program, script);
    script += "    esac\n"
              "}\n"
              "complete -F _sscard sscard\n";
    return script;
}

} // namespace cli
