#include "host/cli/commands.hpp"
#include "host/cli/input_file.hpp"
#include "host/cli/language.hpp"
#include "host/cli/terminal_texts.hpp"
#include "host/cli/text_layout.hpp"

#include "host/api/base64.hpp"
#include "host/api/terminal_messages.hpp"

#include <memory>

namespace cli {
namespace {

constexpr CommandText terminal_noun_text{
    "terminal", translatable("the kiosk's card terminals, with PIN pad and SAM slots"),
    translatable("A terminal is a reader too; docs/terminal.md tells how it is connected.\n")};

constexpr CommandText terminal_list_text{"list",
                                         translatable("list the readers that are terminals"),
                                         translatable("Examples:\n"
                                                      "  sscard terminal list\n"
                                                      "  sscard terminal list --json\n")};

constexpr CommandText terminal_health_text{
    "health", translatable("tell how a terminal is, and what it has seen"),
    translatable("Examples:\n"
                 "  sscard terminal health\n"
                 "  sscard terminal health --reader \"Kiosk Terminal\" --json\n")};

constexpr CommandText load_key_text{
    "load-key", translatable("give a terminal its initial key"),
    translatable("FILE is what \"sscard keys initial-key\" wrote: a key block that only this "
                 "terminal can open.\n"
                 "A terminal takes one initial key; another one needs its keys wiped first.\n"
                 "\n"
                 "Example:\n"
                 "  sscard terminal load-key kiosk-1.key --reader \"Kiosk Terminal\"\n")};

constexpr CommandText wipe_text{
    "wipe", translatable("take all keys from a terminal, for good"),
    translatable("Before it gets others, after its case was opened, and before it leaves the "
                 "house. It forgets that its\n"
                 "case was open, once that is closed. It gives out no PIN until it is set up "
                 "anew (docs/terminal.md).\n"
                 "\n"
                 "Example:\n"
                 "  sscard terminal wipe --reader \"Kiosk Terminal\" --permanently\n")};

constexpr CommandText update_text{
    "update", translatable("give a terminal a new firmware image"),
    translatable("FILE has signed images for the terminal's board, of its version or a higher "
                 "one. The terminal\n"
                 "checks it, starts anew with it, and goes back to the old one by itself where "
                 "the new one does not\n"
                 "work. The power may go at any time.\n"
                 "\n"
                 "Example:\n"
                 "  sscard terminal update kiosk-terminal-1.1.image\n")};

struct TerminalOptions {
    std::string file{};
    bool permanently = false;
};

ExitCode list_terminals(Invocation const& invocation) {
    auto const list = invocation.client().ask(api::TerminalListRequest{});
    if (!list.ok()) {
        return invocation.refuse(list.error());
    }
    if (invocation.json) {
        invocation.print(api::to_json(list.value()));
        return ExitCode::done;
    }
    if (list.value().terminals.empty()) {
        invocation.out() << tr("No reader is a terminal.") << '\n';
    }
    for (api::KioskTerminal const& terminal : list.value().terminals) {
        std::string const key = terminal.initial_key
                                    ? tr_with("initial key {1}", {printable(*terminal.initial_key)})
                                    : tr("no keys yet");
        invocation.out() << tr_with("{1}: {2} {3} on {4}, chip {5}, {6}",
                                    {printable(terminal.reader), printable(terminal.model),
                                     printable(terminal.version), printable(terminal.board),
                                     printable(terminal.chip), key})
                         << '\n';
    }
    return ExitCode::done;
}

ExitCode tell_health(Invocation const& invocation,
                     api::Outcome<api::TerminalHealth> const& outcome) {
    if (!outcome.ok()) {
        return invocation.refuse(outcome.error());
    }
    api::TerminalHealth const& health = outcome.value();
    if (invocation.json) {
        invocation.print(api::to_json(health));
        return ExitCode::done;
    }
    auto& out = invocation.out();
    out << tr_with("{1}: up for {2} s since {3}, image {4}",
                   {printable(health.reader), std::to_string(health.uptime_s),
                    terminal_text(api::terminal_start_reasons, health.start_reason),
                    std::to_string(health.image_version)})
        << '\n'
        << tr_with("Keys: {1}. Randomness: {2}. Case: {3}.",
                   {terminal_text(api::terminal_key_states, health.keys),
                    health.random ? tr("works") : tr("failed"),
                    health.tampered ? tr("opened") : tr("closed")})
        << '\n';
    Table counts;
    for (api::TerminalCount const& row : health.counts) {
        counts.add({terminal_text(api::terminal_parts, row.of), terminal_counts_text(row)});
    }
    counts.print(out, 2);
    return ExitCode::done;
}

ExitCode health(Invocation const& invocation) {
    return tell_health(invocation,
                       invocation.client().ask(api::TerminalHealthRequest{invocation.reader}));
}

ExitCode load_key(Invocation const& invocation, TerminalOptions const& options) {
    auto text = read_input(options.file, invocation.surroundings().in);
    if (!text.ok()) {
        return invocation.refuse(text.error());
    }
    std::string block = std::move(text).value();
    while (!block.empty() && (block.back() == '\n' || block.back() == '\r')) {
        block.pop_back();
    }
    return tell_health(
        invocation, invocation.client().ask(api::TerminalKeyLoadRequest{invocation.reader, block}));
}

ExitCode wipe(Invocation const& invocation, TerminalOptions const& options) {
    if (!options.permanently) {
        return invocation.refuse(api::fault(api::code::not_confirmed));
    }
    return tell_health(invocation,
                       invocation.client().ask(api::TerminalWipeRequest{invocation.reader}));
}

ExitCode update(Invocation const& invocation, TerminalOptions const& options) {
    auto const image = read_input(options.file, invocation.surroundings().in);
    if (!image.ok()) {
        return invocation.refuse(image.error());
    }
    std::string const& bytes = image.value();
    auto const updated = invocation.client().ask(api::TerminalUpdateRequest{
        invocation.reader,
        api::base64_text({reinterpret_cast<std::uint8_t const*>(bytes.data()), bytes.size()})});
    if (!updated.ok()) {
        return invocation.refuse(updated.error());
    }
    if (invocation.json) {
        invocation.print(api::to_json(updated.value()));
    } else {
        invocation.out() << tr_with("{1} took {2} bytes and starts anew with image {3}.",
                                    {printable(updated.value().reader),
                                     std::to_string(updated.value().bytes),
                                     std::to_string(updated.value().image_version)})
                         << '\n';
    }
    return ExitCode::done;
}

} // namespace

void add_terminal_commands(CLI::App& app, Invocation& invocation) {
    CLI::App& noun = add_noun(app, terminal_noun_text);
    auto const options = std::make_shared<TerminalOptions>();
    (void)add_command(noun, invocation, terminal_list_text, WithReader::no,
                      [&invocation] { return list_terminals(invocation); });
    (void)add_command(noun, invocation, terminal_health_text, WithReader::yes,
                      [&invocation] { return health(invocation); });
    add_terminal_provision_command(noun, invocation);
    CLI::App& load = add_command(noun, invocation, load_key_text, WithReader::yes,
                                 [&invocation, options] { return load_key(invocation, *options); });
    load.add_option("FILE", options->file, tr("the key block; - is stdin"))
        ->required()
        ->type_name("PATH");
    CLI::App& emptied = add_command(noun, invocation, wipe_text, WithReader::yes,
                                    [&invocation, options] { return wipe(invocation, *options); });
    emptied.add_flag("--permanently", options->permanently,
                     tr("say that it is meant: nobody can undo it"));
    CLI::App& image = add_command(noun, invocation, update_text, WithReader::yes,
                                  [&invocation, options] { return update(invocation, *options); });
    image.add_option("FILE", options->file, tr("the signed image; - is stdin"))
        ->required()
        ->type_name("PATH");
}

} // namespace cli
