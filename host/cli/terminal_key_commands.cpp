#include "host/cli/ceremony_talk.hpp"
#include "host/cli/commands.hpp"
#include "host/cli/language.hpp"
#include "host/cli/unfinished_file.hpp"

#include "host/api/base64.hpp"
#include "host/api/terminal_key_messages.hpp"

#include <memory>

namespace cli {
namespace {

constexpr CommandText ceremony_text{
    "terminal-ceremony",
    translatable("make a key of card terminals of components that several people hold"),
    translatable(
        "BDK: the key that the PIN keys of a family of terminals come from; ID is its 8 "
        "hex digits, which the\n"
        "ids of its terminals begin with. KBPK: the key that one terminal's initial keys "
        "travel under; ID is\n"
        "the terminal's 16 hex digits. Each custodian types their component as for \"sscard "
        "keys ceremony\".\n"
        "\n"
        "Examples:\n"
        "  sscard keys terminal-ceremony BDK 12345678 --algorithm AES128 --generate \\\n"
        "      --custodian 张三 --custodian 李四\n"
        "  sscard keys terminal-ceremony KBPK 1234567800000001 --algorithm AES256 \\\n"
        "      --custodian 张三 --custodian 李四 --check-value A1B2C3\n")};

constexpr CommandText initial_key_text{
    "initial-key", translatable("hand out a terminal's initial key, by the word of its custodians"),
    translatable("Derived from the BDK and wrapped under the terminal's KBPK, so that only that "
                 "terminal can open it.\n"
                 "Each custodian confirms the check value of the key block, which goes into FILE. "
                 "Minutes are kept.\n"
                 "\n"
                 "Examples:\n"
                 "  sscard keys initial-key 1234567800000001 --output kiosk-1.key \\\n"
                 "      --custodian 张三 --custodian 李四 --reason \"kiosk 1 is set up\"\n")};

struct TerminalKeyOptions {
    api::TerminalKeyCeremonyRequest ceremony{};
    api::InitialKeyRequest initial_key{};
    std::optional<unsigned> parts_fd{};
    std::string file{};
};

ExitCode hold_terminal_ceremony(Invocation const& invocation, TerminalKeyOptions const& options) {
    auto const minutes = held_act(invocation, invocation.client().ask(options.ceremony),
                                  options.parts_fd, options.ceremony.generate);
    return answer_with_minutes(invocation, minutes, tr("The key is in the store."));
}

ExitCode hand_out(Invocation const& invocation, TerminalKeyOptions const& options) {
    // Its place is looked at first: nobody should confirm for nothing.
    UnfinishedFile file{options.file};
    if (!file.is_open()) {
        return invocation.refuse(api::fault(api::code::output_failed, options.file));
    }
    auto begun = invocation.client().ask(options.initial_key);
    if (!begun.ok()) {
        return invocation.refuse(begun.error());
    }
    CeremonyTalk talk{invocation, std::move(begun).value(), std::nullopt};
    auto const minutes = talk.conclude();
    if (!minutes.ok()) {
        talk.abort(minutes.error().code);
        return invocation.refuse(minutes.error());
    }
    auto const bytes = api::bytes_of_base64(minutes.value().file.value_or(""));
    if (!bytes || !file.finish(*bytes)) {
        return invocation.refuse(api::fault(api::code::output_failed, options.file));
    }
    return answer_with_minutes(invocation, minutes, tr("The key block is in the file."));
}

} // namespace

void add_terminal_key_commands(CLI::App& keys, Invocation& invocation) {
    auto const options = std::make_shared<TerminalKeyOptions>();
    CLI::App& hold =
        add_command(keys, invocation, ceremony_text, WithReader::no, [&invocation, options] {
            return hold_terminal_ceremony(invocation, *options);
        });
    api::TerminalKeyCeremonyRequest& ceremony = options->ceremony;
    hold.add_option("USE", ceremony.use, tr("BDK or KBPK"))
        ->required()
        ->check(CLI::IsMember({"BDK", "KBPK"}))
        ->type_name("");
    hold.add_option("ID", ceremony.id, tr("8 hex digits of a BDK, 16 of a terminal"))
        ->required()
        ->type_name("");
    hold.add_option("--algorithm", ceremony.algorithm, tr("AES128, AES192 or AES256"))
        ->required()
        ->check(CLI::IsMember({"AES128", "AES192", "AES256"}))
        ->type_name("");
    add_people(hold, ceremony.custodians, ceremony.witnesses);
    auto* const expected =
        hold.add_option("--check-value", ceremony.check_value, tr("that the key must have"))
            ->type_name("HEX");
    auto* const generate =
        hold.add_flag("--generate", ceremony.generate, tr("have the daemon make the components"));
    hold.add_option("--parts-fd", options->parts_fd, tr("read the parts from this file descriptor"))
        ->needs(expected)
        ->excludes(generate)
        ->type_name("N");

    CLI::App& give = add_command(keys, invocation, initial_key_text, WithReader::no,
                                 [&invocation, options] { return hand_out(invocation, *options); });
    api::InitialKeyRequest& initial_key = options->initial_key;
    give.add_option("TERMINAL", initial_key.terminal, tr("its 16 hex digits"))
        ->required()
        ->type_name("");
    give.add_option("--output", options->file, tr("where the key block goes"))
        ->required()
        ->type_name("FILE");
    give.add_option("--reason", initial_key.reason, tr("why, for the minutes"))
        ->required()
        ->type_name("TEXT");
    add_people(give, initial_key.custodians, initial_key.witnesses);
}

} // namespace cli
