#include "host/cli/commands.hpp"
#include "host/cli/language.hpp"
#include "host/cli/text_layout.hpp"

namespace cli {
namespace {

constexpr CommandText readers_text{
    "readers", translatable("list the card readers and what is in them"),
    translatable("Examples:\n"
                 "  sscard readers          all readers with their numbers\n"
                 "  sscard readers --json   the same for a program\n")};

std::string card_presence(api::Reader const& reader) {
    if (!reader.card_present) {
        return tr("no card");
    }
    if (reader.card_mute) {
        return tr("mute card");
    }
    return reader.in_use ? tr("card, in use") : tr("card");
}

void print_readers(std::ostream& out, api::ReaderList const& list) {
    if (list.readers.empty()) {
        out << tr("No card reader is connected.") << '\n';
        return;
    }
    Table table;
    table.add({tr("No."), tr("Reader"), tr("Card"), tr("ATR")});
    for (api::Reader const& reader : list.readers) {
        table.add({std::to_string(reader.number), printable(reader.name), card_presence(reader),
                   reader.atr.value_or("")});
    }
    table.print(out);
}

ExitCode list_readers(Invocation const& invocation) {
    auto const list = invocation.client().ask(api::ReadersRequest{});
    if (!list.ok()) {
        return invocation.refuse(list.error());
    }
    if (invocation.json) {
        invocation.print(api::to_json_value(list.value().readers));
    } else {
        print_readers(invocation.out(), list.value());
    }
    return ExitCode::done;
}

} // namespace

void add_readers_command(CLI::App& app, Invocation& invocation) {
    (void)add_command(app, invocation, readers_text, WithReader::no,
                      [&invocation] { return list_readers(invocation); });
}

} // namespace cli
