#include "host/cli/ceremony_talk.hpp"
#include "host/cli/commands.hpp"
#include "host/cli/language.hpp"

#include "host/api/terminal_key_messages.hpp"

#include <memory>

namespace cli {
namespace {

constexpr CommandText provision_text{
    "provision", translatable("give a new terminal its id and its transport key"),
    translatable(
        "In a secure room, once for each terminal: the key goes over the reader's line in the "
        "clear. ID is the\n"
        "terminal's 16 hex digits. The key is its KBPK, of the same components as in \"sscard "
        "keys\n"
        "terminal-ceremony KBPK\"; each custodian types theirs, alone, hidden, with its check "
        "value. Where the\n"
        "key store has that KBPK, the key must be that one. Nothing of it is kept but in the "
        "terminal; minutes\n"
        "are. A terminal that has keys takes none.\n"
        "\n"
        "Example:\n"
        "  sscard terminal provision 1234567800000001 --algorithm AES256 --reader \"Kiosk "
        "Terminal\" \\\n"
        "      --custodian 张三 --custodian 李四 --check-value A1B2C3\n"
        "\n"
        "--parts-fd is for tests: two lines for each custodian, the component and its check "
        "value; the key's\n"
        "own --check-value then stands for the confirmations.\n")};

struct ProvisionOptions {
    api::TerminalProvisioningRequest request{};
    std::optional<unsigned> parts_fd{};
};

ExitCode provision(Invocation const& invocation, ProvisionOptions const& options) {
    api::TerminalProvisioningRequest request = options.request;
    request.reader = invocation.reader;
    auto const minutes =
        held_act(invocation, invocation.client().ask(request), options.parts_fd, false);
    return answer_with_minutes(invocation, minutes,
                               tr("The terminal has its id and its transport key."));
}

} // namespace

void add_terminal_provision_command(CLI::App& terminal, Invocation& invocation) {
    auto const options = std::make_shared<ProvisionOptions>();
    CLI::App& command =
        add_command(terminal, invocation, provision_text, WithReader::yes,
                    [&invocation, options] { return provision(invocation, *options); });
    api::TerminalProvisioningRequest& request = options->request;
    command.add_option("ID", request.id, tr("its 16 hex digits"))->required()->type_name("");
    command.add_option("--algorithm", request.algorithm, tr("AES128, AES192 or AES256"))
        ->required()
        ->check(CLI::IsMember({"AES128", "AES192", "AES256"}))
        ->type_name("");
    add_people(command, request.custodians, request.witnesses);
    auto* const expected =
        command.add_option("--check-value", request.check_value, tr("that the key must have"))
            ->type_name("HEX");
    command
        .add_option("--parts-fd", options->parts_fd, tr("read the parts from this file descriptor"))
        ->needs(expected)
        ->type_name("N");
}

} // namespace cli
