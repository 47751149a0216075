#include "host/cli/ceremony_talk.hpp"
#include "host/cli/commands.hpp"
#include "host/cli/key_options.hpp"
#include "host/cli/language.hpp"

#include <memory>

namespace cli {
namespace {

constexpr CommandText ceremony_text{
    "ceremony", translatable("make a master key of components that several people hold"),
    translatable(
        "Each custodian types the component from their sheet, alone, hidden, with its check "
        "value (or twice).\n"
        "The key is the XOR of all of them, bit by bit: DES parity is not touched. With "
        "--generate the daemon\n"
        "makes the components, shows each to its custodian once, and has it typed back. All "
        "confirm the key's\n"
        "check value before it goes into the store. Minutes are kept, signed.\n"
        "\n"
        "Examples:\n"
        "  sscard keys ceremony UKSSSE --algorithm SM4 --version 1 --custodian 张三 --custodian "
        "李四 \\\n"
        "      --witness 王五 --check-value A1B2C3\n"
        "  sscard keys ceremony IRK --algorithm 3DES --version 1 --generate --custodian 张三 "
        "--custodian 李四\n"
        "\n"
        "--parts-fd is for tests: two lines for each custodian, the component and its check "
        "value; the key's\n"
        "own --check-value then stands for the confirmations.\n")};

constexpr CommandText abort_text{
    "abort", translatable("end the ceremony that you began, and have it wiped"),
    translatable("For a ceremony whose terminal is gone. One that nobody goes on with ends by "
                 "itself after a quarter\n"
                 "of an hour.\n")};

struct CeremonyOptions {
    api::KeyCeremonyRequest request{};
    std::optional<unsigned> parts_fd{};
    std::string reason{};
};

ExitCode hold_ceremony(Invocation const& invocation, CeremonyOptions const& options) {
    auto const minutes = held_act(invocation, invocation.client().ask(options.request),
                                  options.parts_fd, options.request.generate);
    return answer_with_minutes(invocation, minutes, tr("The key is in the store."));
}

ExitCode abort_ceremony(Invocation const& invocation, CeremonyOptions const& options) {
    auto const minutes = invocation.client().ask(api::CeremonyAbortRequest{{}, options.reason});
    return answer_with_minutes(invocation, minutes,
                               tr("The ceremony is over; all of it is wiped."));
}

} // namespace

void add_people(CLI::App& command, std::vector<std::string>& custodians,
                std::vector<std::string>& witnesses) {
    command.add_option("--custodian", custodians, tr("who holds a part; once for each, 2 to 8"))
        ->required()
        ->expected(1)
        ->take_all()
        ->type_name("NAME");
    command.add_option("--witness", witnesses, tr("who looks on; may be repeated"))
        ->expected(1)
        ->take_all()
        ->type_name("NAME");
}

void add_ceremony_commands(CLI::App& keys, Invocation& invocation) {
    auto const options = std::make_shared<CeremonyOptions>();
    CLI::App& hold =
        add_command(keys, invocation, ceremony_text, WithReader::no,
                    [&invocation, options] { return hold_ceremony(invocation, *options); });
    api::KeyCeremonyRequest& request = options->request;
    add_key_option(hold, request.name);
    hold.add_option("--algorithm", request.algorithm, tr("3DES, DES or SM4"))
        ->required()
        ->check(CLI::IsMember({"3DES", "DES", "SM4"}))
        ->type_name("");
    add_version_option(hold, request.version);
    add_tier_option(hold, request.tier);
    add_people(hold, request.custodians, request.witnesses);
    auto* const expected =
        hold.add_option("--check-value", request.check_value, tr("that the key must have"))
            ->type_name("HEX");
    auto* const generate =
        hold.add_flag("--generate", request.generate, tr("have the daemon make the components"));
    hold.add_option("--parts-fd", options->parts_fd, tr("read the parts from this file descriptor"))
        ->needs(expected)
        ->excludes(generate)
        ->type_name("N");
    CLI::App& abort =
        add_command(keys, invocation, abort_text, WithReader::no,
                    [&invocation, options] { return abort_ceremony(invocation, *options); });
    abort.add_option("--reason", options->reason, tr("for the minutes"))->type_name("TEXT");
}

} // namespace cli
