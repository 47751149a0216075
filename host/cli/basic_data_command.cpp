#include "host/cli/commands.hpp"
#include "host/cli/current_pin.hpp"
#include "host/cli/language.hpp"
#include "host/cli/text_layout.hpp"

#include "host/api/card_messages.hpp"

namespace cli {
namespace {

constexpr CommandText basic_data_text{
    "info", translatable("tell what card it is, whose it is, and the state of its PIN"),
    translatable("Reads the card's and the holder's basic data; no PIN is needed and no try is "
                 "spent.\n"
                 "\n"
                 "Examples:\n"
                 "  sscard card info                 the card in the only reader with one\n"
                 "  sscard card info --reader 2      in the second reader\n"
                 "  sscard card info --json          one JSON object\n")};

/// {1}-style name and value for each line.
void print_card(std::ostream& out, api::BasicData const& data) {
    Table table;
    auto const line = [&table](char const* label, std::string const& value) {
        table.add({tr(label), value.empty() ? "-" : printable(value)});
    };
    line(translatable("Name"), data.name);
    line(translatable("Social security number"), data.social_security_number);
    line(translatable("Card number"), data.card_number);
    line(translatable("Card id"), data.card_id);
    line(translatable("Region"), data.region);
    line(translatable("Issued"), data.issue_date);
    line(translatable("Expires"), data.expiry_date);
    line(translatable("Version"), data.version);
    line(translatable("Algorithm"), data.algorithm);
    line(translatable("Reset info"), data.reset_info);
    line(translatable("PIN"), pin_state_text(data.pin));
    line(translatable("Genuine"),
         data.genuine_checked ? tr("yes, it proved it") : tr("not checked: no key for it"));
    table.print(out);
    if (data.state == "half_made") {
        out << tr("The card is half made and of no use: finish it with the command that began it, "
                  "or void it.")
            << '\n';
    }
    if (!data.holder_read) {
        out << tr("The holder's data need a read key that is not installed.") << '\n';
    }
}

ExitCode tell_basic_data(Invocation const& invocation) {
    auto const data = invocation.client().ask(api::BasicDataRequest{invocation.reader});
    if (!data.ok()) {
        return invocation.refuse(data.error());
    }
    invocation.note_test_keys(data.value().test_keys);
    if (invocation.json) {
        api::ObjectEncoder fields;
        api::BasicData::describe_card(fields, data.value());
        invocation.print(fields.take());
    } else {
        print_card(invocation.out(), data.value());
    }
    return ExitCode::done;
}

} // namespace

void add_basic_data_command(CLI::App& card, Invocation& invocation) {
    (void)add_command(card, invocation, basic_data_text, WithReader::yes,
                      [&invocation] { return tell_basic_data(invocation); });
}

} // namespace cli
