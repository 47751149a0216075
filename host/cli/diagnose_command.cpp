#include "host/cli/commands.hpp"
#include "host/cli/fault_report.hpp"
#include "host/cli/language.hpp"
#include "host/cli/text_layout.hpp"

#include "host/api/diagnosis_messages.hpp"

#include <array>

namespace cli {
namespace {

constexpr CommandText diagnose_text{
    "diagnose", translatable("look at a reader and its card, and tell what each command answered"),
    translatable("Shows what was sent and answered by headers, lengths and status words, never "
                 "data. Changes\n"
                 "nothing on the card and spends no try.\n"
                 "\n"
                 "Examples:\n"
                 "  sscard diagnose\n"
                 "  sscard diagnose --reader 2 --json\n")};

struct Kind {
    std::string_view name;
    char const* text;
};

constexpr auto kinds = std::to_array<Kind>({
    {"live_card", translatable("a personalized social security card")},
    {"blank_card", translatable("an office's blank, not personalized")},
    {"bare_chip", translatable("a bare chip")},
});

std::string recognized_text(std::string const& name) {
    for (Kind const& kind : kinds) {
        if (kind.name == name) {
            return tr(kind.text);
        }
    }
    return tr("not recognized");
}

void print_card(std::ostream& out, api::Diagnosis const& diagnosis) {
    Table table;
    auto const line = [&table](char const* label, std::string const& value) {
        if (!value.empty()) {
            table.add({tr(label), printable(value)});
        }
    };
    line(translatable("Reader"), diagnosis.reader.value_or(""));
    line(translatable("ATR"), diagnosis.atr);
    line(translatable("Historical bytes"), diagnosis.historical);
    line(translatable("Protocol"), diagnosis.protocol);
    line(translatable("Card"), diagnosis.atr.empty() ? "" : recognized_text(diagnosis.recognized));
    line(translatable("Version"), diagnosis.version);
    line(translatable("Algorithm"), diagnosis.algorithm);
    line(translatable("Region"), diagnosis.region);
    if (!diagnosis.version.empty()) {
        line(translatable("Genuine"), diagnosis.genuine_checked ? tr("yes, it proved it")
                                                                : tr("not checked: no key for it"));
    }
    table.print(out);
}

void print_trace(std::ostream& out, std::vector<api::TracedExchange> const& trace) {
    if (trace.empty()) {
        return;
    }
    Table table;
    table.add({tr("No."), tr("Header"), tr("Command"), tr("Sent"), tr("Got"), tr("Status"),
               tr("Meaning")});
    std::size_t number = 0;
    for (api::TracedExchange const& exchange : trace) {
        table.add({std::to_string(++number), exchange.header, exchange.command,
                   std::to_string(exchange.nc), std::to_string(exchange.nr), exchange.status,
                   choose(exchange.meaning_en, exchange.meaning_zh)});
    }
    out << '\n';
    table.print(out);
}

void print_diagnosis(Invocation const& invocation, api::Diagnosis const& diagnosis) {
    std::ostream& out = invocation.out();
    out << tr_with("Readers: {1}.", {std::to_string(diagnosis.readers.size())}) << '\n';
    Table readers;
    for (api::Reader const& reader : diagnosis.readers) {
        readers.add({std::to_string(reader.number), printable(reader.name),
                     reader.card_present ? tr("card") : tr("no card")});
    }
    readers.print(out, 2);
    if (diagnosis.test_keys) {
        out << tr("The daemon holds test keys: for trying only.") << '\n';
    }
    if (diagnosis.reader) {
        out << '\n';
        print_card(out, diagnosis);
    }
    print_trace(out, diagnosis.trace);
}

ExitCode diagnose(Invocation const& invocation) {
    auto const diagnosis = invocation.client().ask(api::DiagnosisRequest{invocation.reader});
    if (!diagnosis.ok()) {
        return invocation.refuse(diagnosis.error());
    }
    api::Diagnosis const& told = diagnosis.value();
    if (invocation.json) {
        invocation.print(api::to_json(told));
    } else {
        print_diagnosis(invocation, told);
    }
    if (!told.fault) {
        return ExitCode::done;
    }
    if (!invocation.json) {
        invocation.out() << std::flush;
        print_fault(invocation.err(), *told.fault);
    }
    return exit_code_of(told.fault->code);
}

} // namespace

void add_diagnose_command(CLI::App& app, Invocation& invocation) {
    (void)add_command(app, invocation, diagnose_text, WithReader::yes,
                      [&invocation] { return diagnose(invocation); });
}

} // namespace cli
