#include "host/cli/commands.hpp"
#include "host/cli/completion_script.hpp"
#include "host/cli/language.hpp"

#include <memory>

namespace cli {
namespace {

constexpr CommandText completion_text{
    "completion", translatable("print a script that completes this command in your shell"),
    translatable("Examples:\n"
                 "  sscard completion bash > /etc/bash_completion.d/sscard\n"
                 "  sscard completion zsh > /usr/share/zsh/vendor-completions/_sscard\n"
                 "  sscard completion fish > /etc/fish/completions/sscard.fish\n")};

ExitCode print_script(CLI::App const& app, Invocation const& invocation, std::string const& shell) {
    CommandNode const tree = command_tree(app);
    invocation.out() << (shell == "bash"  ? bash_completion(tree)
                         : shell == "zsh" ? zsh_completion(tree)
                                          : fish_completion(tree));
    return ExitCode::done;
}

} // namespace

void add_completion_command(CLI::App& app, Invocation& invocation) {
    auto const shell = std::make_shared<std::string>();
    CLI::App* const command =
        app.add_subcommand(completion_text.name, tr(completion_text.description));
    command->footer(tr(completion_text.teaching));
    command->fallthrough();
    command->group(tr("Commands"));
    command->set_help_flag("-h,--help", tr("show this help"))->group(tr("Options"));
    command->add_option("shell", *shell, tr("your shell"))
        ->check(CLI::IsMember({"bash", "zsh", "fish"}))
        ->type_name("")
        ->group(tr("Options"))
        ->required();
    command->callback([&app, &invocation, shell] {
        invocation.action = [&app, &invocation, shell] {
            return print_script(app, invocation, *shell);
        };
    });
}

} // namespace cli
