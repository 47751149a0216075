#include "host/cli/commands.hpp"
#include "host/cli/language.hpp"

#include "host/api/card_messages.hpp"

#include <memory>

namespace cli {
namespace {

constexpr CommandText lock_text{
    "lock", translatable("block the card, or one of its applications, for good"),
    translatable("Blocking cannot be undone by anybody, so it is only done with --permanently.\n"
                 "The bank application is the bank's and is refused.\n"
                 "\n"
                 "Examples:\n"
                 "  sscard card lock --card --permanently\n"
                 "  sscard card lock --application DF03 --permanently\n")};

struct LockOptions {
    bool card = false;
    std::optional<std::string> application{};
    bool permanently = false;
};

ExitCode tell(Invocation const& invocation, api::Outcome<api::Blocked> const& blocked) {
    if (!blocked.ok()) {
        return invocation.refuse(blocked.error());
    }
    invocation.note_test_keys(blocked.value().test_keys);
    if (invocation.json) {
        invocation.print(api::to_json(blocked.value()));
    } else {
        api::Blocked const& what = blocked.value();
        invocation.out() << tr_with("Blocked for good: {1}.",
                                    {choose(what.what, what.what + " " + what.label)})
                         << '\n';
    }
    return ExitCode::done;
}

ExitCode lock(Invocation const& invocation, LockOptions const& options) {
    if (options.card == options.application.has_value()) {
        return invocation.refuse(
            api::fault(api::code::request_invalid, tr("--card or --application")));
    }
    if (options.application == "bank") {
        return invocation.refuse(api::fault(api::code::bank_application));
    }
    if (!options.permanently) {
        return invocation.refuse(api::fault(api::code::not_confirmed));
    }
    api::Client client = invocation.client();
    if (options.card) {
        return tell(invocation, client.ask(api::CardBlockRequest{invocation.reader}));
    }
    return tell(invocation,
                client.ask(api::ApplicationBlockRequest{invocation.reader, *options.application}));
}

} // namespace

void add_lock_command(CLI::App& card, Invocation& invocation) {
    auto const options = std::make_shared<LockOptions>();
    CLI::App& command = add_command(card, invocation, lock_text, WithReader::yes,
                                    [&invocation, options] { return lock(invocation, *options); });
    command.add_flag("--card", options->card, tr("the whole card"));
    command
        .add_option("--application", options->application,
                    tr("one application, by its directory: DF01 to DF07"))
        ->type_name("DF");
    command.add_flag("--permanently", options->permanently,
                     tr("say that it is meant: nobody can undo it"));
}

} // namespace cli
