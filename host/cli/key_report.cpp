#include "host/cli/key_report.hpp"

#include "host/cli/fault_report.hpp"
#include "host/cli/language.hpp"
#include "host/cli/text_layout.hpp"

#include "host/api/fault_text.hpp"

namespace cli {
namespace {

std::string back_end_text(api::KeyReport const& report) {
    switch (report.back_end) {
    case api::KeyBackEnd::none:
        return tr("none");
    case api::KeyBackEnd::key_file:
        return tr_with("key file in the clear, {1}", {printable(report.path)});
    case api::KeyBackEnd::centre:
        return tr_with("the centre, {1}", {printable(report.path)});
    case api::KeyBackEnd::pkcs11:
        return tr_with("HSM, token {1}", {printable(report.path)});
    case api::KeyBackEnd::sealed_store:
        break;
    }
    return tr_with("sealed store, {1}", {printable(report.path)});
}

std::string key_state_text(api::KeyState state) {
    switch (state) {
    case api::KeyState::open:
        return tr("open");
    case api::KeyState::locked:
        return tr("locked");
    case api::KeyState::unusable:
        break;
    }
    return tr("not usable");
}

std::string tier_text(std::string const& tier) {
    if (tier == "ministry") {
        return tr("ministry");
    }
    if (tier == "province") {
        return tr("province");
    }
    return tier == "city" ? tr("city") : tier;
}

void print_keys(std::ostream& out, std::vector<api::KnownKey> const& keys) {
    Table table;
    table.add({tr("Key"), tr("Tier"), tr("Algorithm"), tr("Version"), tr("Bytes"),
               tr("Check value"), tr("Mark")});
    for (api::KnownKey const& key : keys) {
        table.add({key.name, tier_text(key.tier), key.algorithm,
                   key.version ? std::to_string(*key.version) : tr("any"), std::to_string(key.size),
                   key.check_value, key.test ? tr("TEST") : ""});
    }
    table.print(out);
}

void print_terminal_keys(std::ostream& out, std::vector<api::KnownTerminalKey> const& keys) {
    Table table;
    table.add({tr("Terminals' key"), tr("Id"), tr("Algorithm"), tr("Check value"), tr("Mark")});
    for (api::KnownTerminalKey const& key : keys) {
        table.add({key.use, key.id, key.algorithm, key.check_value, key.test ? tr("TEST") : ""});
    }
    table.print(out);
}

std::string token_text(api::KeyToken const& token) {
    if (token.in_use) {
        return tr("in use");
    }
    if (!token.fault) {
        return tr("spare, open");
    }
    auto const* const text = api::find_fault_text(token.fault->code);
    return text == nullptr ? token.fault->code : tr(text->what);
}

std::string psam_text(api::KeyPsam const& psam) {
    if (psam.fault) {
        auto const* const text = api::find_fault_text(psam.fault->code);
        return text == nullptr ? psam.fault->code : tr(text->what);
    }
    std::string algorithms;
    for (std::string const& name : psam.algorithms) {
        algorithms += (algorithms.empty() ? "" : ", ") + name;
    }
    return tr_with("asked first: terminal {1}, {2}, key version {3}",
                   {psam.terminal_number, algorithms, std::to_string(psam.key_version)});
}

void add_psam(Table& table, api::KeyPsam const& psam) {
    table.add({tr_with("PSAM in {1}", {printable(psam.reader)}), psam_text(psam)});
    for (api::PsamWay const& way : psam.gave_way) {
        table.add({tr_with("gave way, {1}", {printable(way.code)}),
                   tr_with("{1} times", {std::to_string(way.count)})});
    }
}

} // namespace

void print_key_report(std::ostream& out, api::KeyReport const& report) {
    Table table;
    table.add({tr("Back end"), back_end_text(report)});
    table.add({tr("State"), key_state_text(report.state)});
    if (report.sealed_by) {
        table.add({tr("Sealed by"),
                   *report.sealed_by == "credential" ? tr("a credential") : tr("a passphrase")});
    }
    if (report.test) {
        table.add({tr("Test keys"),
                   *report.test ? tr("YES: cards made with them are for trying") : tr("no")});
    }
    table.add({tr("Production"), report.production
                                     ? tr("yes: test keys and keys in the clear are refused")
                                     : tr("no")});
    for (api::KeyToken const& token : report.tokens) {
        table.add({tr_with("Token {1}", {printable(token.label)}), token_text(token)});
    }
    if (report.psam) {
        add_psam(table, *report.psam);
    }
    table.print(out);
    if (report.fault) {
        print_fault(out, *report.fault);
    }
    if (!report.keys.empty()) {
        out << '\n';
        print_keys(out, report.keys);
    }
    if (!report.terminals.empty()) {
        out << '\n';
        print_terminal_keys(out, report.terminals);
    }
}

ExitCode answer_with_keys(Invocation const& invocation, api::Outcome<api::KeyReport> const& outcome,
                          std::string const& done) {
    if (!outcome.ok()) {
        return invocation.refuse(outcome.error());
    }
    api::KeyReport const& report = outcome.value();
    if (invocation.json) {
        invocation.print(api::to_json(report));
        return ExitCode::done;
    }
    invocation.out() << done << ' '
                     << tr_with("Keys at hand: {1}.", {std::to_string(report.keys.size())}) << '\n';
    if (report.test.value_or(false)) {
        invocation.out() << tr("They are test keys: for trying, never for a holder's card.")
                         << '\n';
    }
    return ExitCode::done;
}

} // namespace cli
