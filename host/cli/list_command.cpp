#include "host/cli/commands.hpp"
#include "host/cli/language.hpp"
#include "host/cli/text_layout.hpp"

#include "host/api/register_messages.hpp"

#include <memory>

namespace cli {
namespace {

constexpr CommandText list_text{
    "list", translatable("the register: every card that this office made, began or voided"),
    translatable("Examples:\n"
                 "  sscard card list --state in_making     cards that wait to be finished\n"
                 "  sscard card list --spoiled             cards that became void before they were "
                 "anybody's\n"
                 "  sscard card list --person 110101190001010014\n"
                 "  sscard card list --since 2026-07-01 --json\n")};

struct ListOptions {
    api::CardListRequest request{};
};

std::string state_text(std::string const& state) {
    if (state == "in_making") {
        return tr("in making");
    }
    if (state == "blank") {
        return tr("blank");
    }
    if (state == "live") {
        return tr("live");
    }
    return state == "voided" ? tr("void") : state;
}

/// When the card became what it is.
std::string const& time_of(api::RegisteredCard const& card) {
    if (!card.voided_at.empty()) {
        return card.voided_at;
    }
    return card.made_at.empty() ? card.began_at : card.made_at;
}

ExitCode list_cards(Invocation const& invocation, ListOptions const& options) {
    auto const list = invocation.client().ask(options.request);
    if (!list.ok()) {
        return invocation.refuse(list.error());
    }
    if (invocation.json) {
        invocation.print(api::to_json(list.value()).at("cards"));
        return ExitCode::done;
    }
    Table table;
    table.add({tr("State"), tr("Since"), tr("Card number"), tr("Social security number"),
               tr("Reset info"), tr("Reason")});
    for (api::RegisteredCard const& card : list.value().cards) {
        table.add({state_text(card.state), time_of(card), card.card_number,
                   card.social_security_number, card.reset_info, printable(card.reason)});
    }
    table.print(invocation.out());
    return ExitCode::done;
}

} // namespace

void add_list_command(CLI::App& card, Invocation& invocation) {
    auto const options = std::make_shared<ListOptions>();
    CLI::App& command =
        add_command(card, invocation, list_text, WithReader::no,
                    [&invocation, options] { return list_cards(invocation, *options); });
    api::CardListRequest& request = options->request;
    command.add_option("--state", request.state, tr("only cards in that state"))
        ->check(CLI::IsMember({"in_making", "blank", "live", "voided"}))
        ->type_name("");
    command
        .add_option("--person", request.social_security_number,
                    tr("only cards of the person with that social security number"))
        ->type_name("NUMBER");
    command.add_option("--card-number", request.card_number, tr("only that card"))
        ->type_name("NUMBER");
    command
        .add_option("--since", request.since,
                    tr("only cards begun then or later: 2026-07-01, or with the time, in UTC"))
        ->type_name("TIME");
    command
        .add_option("--made-with", request.made_with,
                    tr("only cards that have that key, as in UKSSSE/2/0514AC"))
        ->type_name("KEY");
    command
        .add_option("--not-made-with", request.not_made_with,
                    tr("only cards whose keys are known, and that have it not"))
        ->type_name("KEY");
    command.add_flag("--spoiled", request.spoiled,
                     tr("only cards that became void before they were anybody's"));
    command.add_option("--limit", request.limit, tr("at most so many, the newest first"))
        ->type_name("N");
}

} // namespace cli
