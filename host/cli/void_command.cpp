#include "host/cli/commands.hpp"
#include "host/cli/language.hpp"

#include "host/api/register_messages.hpp"

#include <memory>

namespace cli {
namespace {

constexpr CommandText void_text{
    "void", translatable("make a card void for good: half made, misprinted, or to be replaced"),
    translatable("A card whose structure is not closed becomes a bare chip again; any other is "
                 "blocked for good\n"
                 "and answers nothing any more. The reason goes into the register of cards. It "
                 "cannot be undone,\n"
                 "so it is only done with --permanently.\n"
                 "\n"
                 "Examples:\n"
                 "  sscard card void --reason \"pulled while it was made\" --permanently\n"
                 "  sscard card void --reader 2 --reason misprinted --permanently\n")};

struct VoidOptions {
    std::string reason{};
    bool permanently = false;
};

std::string how_text(api::Voided const& voided) {
    return voided.how == "structure_deleted"
               ? tr("The card is void; its structure is deleted, and the chip is bare again.")
               : tr("The card is void; it is blocked for good.");
}

ExitCode void_card(Invocation const& invocation, VoidOptions const& options) {
    if (!options.permanently) {
        return invocation.refuse(api::fault(api::code::not_confirmed));
    }
    auto const voided =
        invocation.client().ask(api::CardVoidRequest{invocation.reader, options.reason});
    if (!voided.ok()) {
        return invocation.refuse(voided.error());
    }
    invocation.note_test_keys(voided.value().test_keys);
    if (invocation.json) {
        invocation.print(api::to_json(voided.value()));
    } else {
        invocation.out() << how_text(voided.value()) << '\n'
                         << tr("Put it to the spoiled cards. They are listed by \"sscard card list "
                               "--spoiled\".")
                         << '\n';
    }
    return ExitCode::done;
}

} // namespace

void add_void_command(CLI::App& card, Invocation& invocation) {
    auto const options = std::make_shared<VoidOptions>();
    CLI::App& command =
        add_command(card, invocation, void_text, WithReader::yes,
                    [&invocation, options] { return void_card(invocation, *options); });
    command.add_option("--reason", options->reason, tr("why the card is void, for the register"))
        ->required()
        ->type_name("TEXT");
    command.add_flag("--permanently", options->permanently,
                     tr("say that it is meant: nobody can undo it"));
}

} // namespace cli
