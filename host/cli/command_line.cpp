#include "host/cli/command_line.hpp"

#include "host/cli/commands.hpp"
#include "host/cli/fault_report.hpp"
#include "host/cli/language.hpp"
#include "host/cli/text_layout.hpp"

#include <sstream>

namespace cli {
namespace {

constexpr CommandText program_text{
    "sscard",
    translatable("Make, read and serve social security cards, through the daemon sscardd."),
    translatable("Examples:\n"
                 "  sscard readers                 which readers are there\n"
                 "  sscard card info               what card is it, and whose\n"
                 "  sscard pin reset               a new PIN for a holder who has forgotten it\n"
                 "  sscard card personalize --help how a card is made\n"
                 "\n"
                 "The daemon's socket: --socket, else SSCARD_SOCKET, else "
                 "/run/sscard/sscardd.socket.\n")};

constexpr CommandText card_text{"card", translatable("read, write, make and block cards"),
                                translatable("Examples:\n"
                                             "  sscard card info\n"
                                             "  sscard card read SSSE/EF06\n")};

/// The value of --lang before anything else is looked at: the texts of all options depend on it.
std::optional<Language> wanted_language(std::vector<std::string> const& arguments) {
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (arguments[i].starts_with("--lang=")) {
            return language_of(std::string_view{arguments[i]}.substr(7));
        }
        if (arguments[i] == "--lang" && i + 1 < arguments.size()) {
            return language_of(arguments[i + 1]);
        }
    }
    return language_of_environment();
}

std::string exit_code_table() {
    Table table;
    for (ExitCodeMeaning const& row : exit_code_meanings()) {
        table.add({std::to_string(static_cast<int>(row.code)), tr(row.meaning)});
    }
    std::ostringstream text;
    table.print(text, 2);
    return text.str();
}

void set_labels(CLI::App& app) {
    auto const formatter = std::make_shared<CLI::Formatter>();
    for (char const* const label :
         {translatable("Usage"), translatable("OPTIONS"), translatable("Positionals"),
          translatable("SUBCOMMAND"), translatable("REQUIRED")}) {
        formatter->label(label, tr(label));
    }
    app.formatter(formatter);
}

void build(CLI::App& app, Invocation& invocation, std::string& language) {
    set_labels(app);
    app.option_defaults()->group(tr("Options"));
    app.set_help_flag("-h,--help", tr("show this help"));
    app.set_version_flag("--version", "sscard " SSCARD_VERSION, tr("show the version"));
    app.add_option("--socket", invocation.socket, tr("the daemon's socket"))->type_name("PATH");
    app.add_option("--lang", language, tr("language of messages; else that of the environment"))
        ->check(CLI::IsMember({"en", "zh"}))
        ->type_name("");
    app.add_option("--lease", invocation.lease,
                   tr("token of a lease on a reader; else SSCARD_LEASE"))
        ->envname("SSCARD_LEASE")
        ->type_name("TOKEN");
    app.require_subcommand(1);
    app.footer(tr(program_text.teaching) + "\n" + tr("Exit status:") + "\n" + exit_code_table());

    add_readers_command(app, invocation);
    add_events_command(app, invocation);
    CLI::App& card = add_noun(app, card_text);
    add_basic_data_command(card, invocation);
    add_read_command(card, invocation);
    add_write_command(card, invocation);
    add_personalize_command(card, invocation);
    add_void_command(card, invocation);
    add_lock_command(card, invocation);
    add_list_command(card, invocation);
    add_batch_commands(app, invocation);
    add_pin_commands(app, invocation);
    add_terminal_commands(app, invocation);
    add_keys_commands(app, invocation);
    add_check_command(app, invocation);
    add_diagnose_command(app, invocation);
    add_completion_command(app, invocation);
}

/// The last command of the line that was understood.
CLI::App const& last_command(CLI::App const& app) {
    auto const chosen = app.get_subcommands();
    return chosen.empty() ? app : last_command(*chosen.back());
}

/// Tells what the parser did not understand, which itself speaks English only. Who stopped at a
/// noun gets to see its verbs.
int refuse(Surroundings const& surroundings, CLI::App const& app, CLI::ParseError const& error) {
    CLI::App const& command = last_command(app);
    if (command.get_require_subcommand_min() > 0 && command.get_subcommands().empty() &&
        dynamic_cast<CLI::RequiredError const*>(&error) != nullptr) {
        auto const unknown = app.remaining(true);
        if (!unknown.empty()) {
            surroundings.err << "sscard: "
                             << tr_with("There is no command {1}.", {printable(unknown.front())})
                             << "\n\n";
        }
        surroundings.err << app.help();
        return static_cast<int>(ExitCode::usage);
    }
    surroundings.err << "sscard: " << tr("The command line was not understood.") << " ["
                     << printable(error.what()) << "]\n  "
                     << tr("\"sscard --help\" lists the commands; each has its own --help.")
                     << '\n';
    return static_cast<int>(ExitCode::usage);
}

} // namespace

int run(std::vector<std::string> const& arguments, Surroundings const& surroundings) {
    use_language(wanted_language(arguments).value_or(Language::english),
                 surroundings.locale_folder);
    Invocation invocation{surroundings};
    std::string language;
    CLI::App app{tr(program_text.description), program_text.name};
    build(app, invocation, language);
    try {
        std::vector<std::string> reversed{arguments.rbegin(),
                                          arguments.rend()}; // as CLI11 wants it
        app.parse(std::move(reversed));
    } catch (CLI::Success const& success) { // --help, --version
        return app.exit(success, surroundings.out, surroundings.err);
    } catch (CLI::ParseError const& error) {
        return refuse(surroundings, app, error);
    }
    return static_cast<int>(invocation.action());
}

} // namespace cli
