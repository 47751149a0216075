#include "host/cli/ceremony_talk.hpp"
#include "host/cli/commands.hpp"
#include "host/cli/key_options.hpp"
#include "host/cli/language.hpp"

#include <memory>

namespace cli {
namespace {

constexpr CommandText generate_text{
    "generate", translatable("have the HSM make a master key that never leaves it"),
    translatable(
        "The key is made inside one token, which gives it to nobody: no custodian, no backup and "
        "no "
        "spare token\n"
        "ever has it, and when that token is lost, so are the cards under it. For a key in several "
        "tokens hold a\n"
        "ceremony. Each custodian confirms its check value at the terminal; until then it is not "
        "kept. Minutes\n"
        "are kept, signed. With several tokens --token says which.\n"
        "\n"
        "Examples:\n"
        "  sscard keys generate UKSSSE --algorithm 3DES --version 1 --custodian 张三 --custodian "
        "李四\n"
        "  sscard keys generate IRK --algorithm SM4 --token office --custodian 张三 --custodian "
        "李四\n")};

ExitCode generate_key(Invocation const& invocation, api::KeyGenerationRequest const& request) {
    auto begun = invocation.client().ask(request);
    if (!begun.ok()) {
        return invocation.refuse(begun.error());
    }
    CeremonyTalk talk{invocation, std::move(begun).value(), std::nullopt};
    auto const minutes = talk.conclude();
    if (!minutes.ok()) {
        talk.abort(minutes.error().code);
    }
    ExitCode const code =
        answer_with_minutes(invocation, minutes, tr("The key is in the token, and there alone."));
    if (minutes.ok() && !invocation.json) {
        invocation.out()
            << tr("No spare token and no backup has it; only the HSM's own means may copy "
                  "it.")
            << '\n';
    }
    return code;
}

} // namespace

void add_generation_command(CLI::App& keys, Invocation& invocation) {
    auto const request = std::make_shared<api::KeyGenerationRequest>();
    CLI::App& generate =
        add_command(keys, invocation, generate_text, WithReader::no,
                    [&invocation, request] { return generate_key(invocation, *request); });
    add_key_option(generate, request->name);
    generate.add_option("--algorithm", request->algorithm, tr("of the cards that it is for"))
        ->required()
        ->check(CLI::IsMember({"3DES", "SM4"}))
        ->type_name("");
    add_version_option(generate, request->version);
    add_tier_option(generate, request->tier);
    generate
        .add_option("--token", request->token, tr("the token's label, where there are several"))
        ->type_name("LABEL");
    add_people(generate, request->custodians, request->witnesses);
}

} // namespace cli
