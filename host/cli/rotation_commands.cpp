#include "host/cli/ceremony_talk.hpp"
#include "host/cli/commands.hpp"
#include "host/cli/language.hpp"
#include "host/cli/text_layout.hpp"

#include "host/api/confirmed_act_messages.hpp"
#include "host/api/field_key_messages.hpp"

#include <algorithm>
#include <memory>

namespace cli {
namespace {

constexpr CommandText cards_text{
    "cards", translatable("which keys the cards in the field have, and which version is in use"),
    translatable(
        "Counted are the blank and live cards that this office made. A version marked * is "
        "the one that\n"
        "cards are authenticated with. A key that is not in the store any more is marked "
        "GONE. With\n"
        "KEY, and with --json, keys that no card has are shown too.\n"
        "\n"
        "Examples:\n"
        "  sscard keys cards\n"
        "  sscard keys cards UKSSSE\n"
        "  sscard card list --made-with UKSSSE/1/0514AC     the cards themselves\n")};

constexpr CommandText rotate_text{
    "rotate", translatable("go over to another version of a key that cards carry"),
    translatable(
        "Cards carry most keys in three versions. From the moment on that all custodians "
        "have confirmed the\n"
        "check value, each card that has that key is authenticated with it; a card that "
        "is known not to\n"
        "have it, with the last one that it has. How many those are is shown before. To go "
        "back is to\n"
        "rotate to the version before.\n"
        "\n"
        "Examples:\n"
        "  sscard keys cards UKSSSE\n"
        "  sscard keys rotate UKSSSE --algorithm SM4 --version 2 --check-value 0514AC \\\n"
        "      --custodian 张三 --custodian 李四 --reason \"version 1 was seen\"\n")};

std::string version_text(api::FieldKey const& key, api::FieldKeyVersion const& version) {
    return std::to_string(version.version) + (version.version == key.in_use ? " *" : "");
}

/// With `all`, also what no card has.
void print_field_keys(std::ostream& out, api::FieldKeys const& found, bool all) {
    Table table;
    table.add({tr("Key"), tr("Algorithm"), tr("Version"), tr("Check value"), tr("Live cards"),
               tr("Blanks"), tr("Mark")});
    for (api::FieldKey const& key : found.keys) {
        for (api::FieldKeyVersion const& version : key.versions) {
            if (!all && version.live == 0 && version.blank == 0) {
                continue;
            }
            table.add({key.name, key.algorithm, version_text(key, version), version.check_value,
                       std::to_string(version.live), std::to_string(version.blank),
                       version.in_store ? "" : tr("GONE")});
        }
    }
    table.print(out);
    if (found.unknown_live != 0 || found.unknown_blank != 0) {
        out << tr_with("Not known of {1} live cards and {2} blanks.",
                       {std::to_string(found.unknown_live), std::to_string(found.unknown_blank)})
            << '\n';
    }
}

/// Those of that name, or all.
api::Outcome<api::FieldKeys> ask_field_keys(Invocation const& invocation, std::string const& name) {
    auto found = invocation.client().ask(api::FieldKeysRequest{});
    if (found.ok() && !name.empty()) {
        auto told = std::move(found).value();
        std::erase_if(told.keys, [&name](api::FieldKey const& key) { return key.name != name; });
        return told;
    }
    return found;
}

ExitCode list_field_keys(Invocation const& invocation, std::string const& name) {
    auto const found = ask_field_keys(invocation, name);
    if (!found.ok()) {
        return invocation.refuse(found.error());
    }
    if (invocation.json) {
        invocation.print(api::to_json(found.value()));
    } else {
        print_field_keys(invocation.out(), found.value(), !name.empty());
    }
    return ExitCode::done;
}

ExitCode rotate_key(Invocation const& invocation, api::KeyRotationRequest const& request) {
    auto begun = invocation.client().ask(request);
    if (!begun.ok()) {
        return invocation.refuse(begun.error());
    }
    CeremonyTalk talk{invocation, std::move(begun).value(), std::nullopt};
    auto const plan = ask_field_keys(invocation, request.name);
    if (plan.ok() && !invocation.json) {
        print_field_keys(invocation.out(), plan.value(), true);
    }
    auto const minutes = plan.ok() ? talk.conclude() : plan.error();
    if (!minutes.ok()) {
        talk.abort(minutes.error().code);
    }
    return answer_with_minutes(
        invocation, minutes,
        tr_with("Version {1} is in use now.", {std::to_string(request.version)}));
}

} // namespace

void add_rotation_commands(CLI::App& keys, Invocation& invocation) {
    auto const name = std::make_shared<std::string>();
    CLI::App& cards =
        add_command(keys, invocation, cards_text, WithReader::no,
                    [&invocation, name] { return list_field_keys(invocation, *name); });
    cards.add_option("KEY", *name, tr("only that key: IRK, UKSSSE …"))->type_name("");

    auto const request = std::make_shared<api::KeyRotationRequest>();
    CLI::App& rotate =
        add_command(keys, invocation, rotate_text, WithReader::no,
                    [&invocation, request] { return rotate_key(invocation, *request); });
    rotate.add_option("KEY", request->name, tr("its name: IRK, UKSSSE …"))
        ->required()
        ->type_name("");
    rotate.add_option("--algorithm", request->algorithm, tr("of the cards that it is for"))
        ->required()
        ->check(CLI::IsMember({"3DES", "SM4"}))
        ->type_name("");
    rotate.add_option("--version", request->version, tr("the version to go over to, 1 to 3"))
        ->required()
        ->type_name("N");
    rotate
        .add_option("--check-value", request->check_value,
                    tr("its check value, as \"sscard keys list\" shows it"))
        ->required()
        ->type_name("HEX");
    rotate.add_option("--reason", request->reason, tr("why, for the minutes"))
        ->required()
        ->type_name("TEXT");
    add_people(rotate, request->custodians, request->witnesses);
}

} // namespace cli
