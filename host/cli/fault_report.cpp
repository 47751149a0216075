#include "host/cli/fault_report.hpp"

#include "host/cli/language.hpp"
#include "host/cli/problem_texts.hpp"
#include "host/cli/terminal_texts.hpp"
#include "host/cli/text_layout.hpp"

#include "host/api/fault_text.hpp"

namespace cli {
namespace {

/// Columns of a line that tells a fault.
constexpr std::size_t line_columns = 96;

std::string status_line(api::CardStatus const& status) {
    std::string line = status.word;
    if (!status.command.empty()) {
        line = tr_with("{1} to {2}", {status.word, status.command});
    }
    line += tr(": ") + choose(status.meaning_en, status.meaning_zh);
    std::string const& advice = choose(status.advice_en, status.advice_zh);
    return advice.empty() ? line : line + " " + advice;
}

/// A terminal gives its reason as a word, other details are names.
std::string detail_text(api::Fault const& fault) {
    return fault.code == "terminal_refused" ? terminal_text(api::terminal_refusals, fault.detail)
                                            : printable(fault.detail);
}

} // namespace

std::string tries_text(unsigned tries) {
    if (tries == 0) {
        return tr("no try left");
    }
    return tries == 1 ? tr("1 try left") : tr_with("{1} tries left", {std::to_string(tries)});
}

std::string problem_text(std::string const& code) {
    char const* const text = find_problem_text(code);
    return text == nullptr ? code : tr(text);
}

void print_problems(std::ostream& out, std::vector<api::Problem> const& problems) {
    Table table;
    for (api::Problem const& problem : problems) {
        std::string const& where = problem.where.empty() ? "/" : problem.where;
        std::string what = problem_text(problem.code);
        if (!problem.detail.empty()) {
            what += tr(": ") + printable(problem.detail);
        }
        table.add({printable(where), what});
    }
    table.print(out, 2);
}

void print_fault(std::ostream& out, api::Fault const& fault) {
    auto const* const text = api::find_fault_text(fault.code);
    out << "sscard: ";
    if (text == nullptr) {
        out << tr_with("An unknown fault: {1}.", {fault.code});
    } else {
        out << tr(text->what);
    }
    if (!fault.detail.empty()) {
        out << " [" << detail_text(fault) << "]";
    }
    out << '\n';
    Table table;
    if (text != nullptr) {
        table.add({tr("Why:"), tr(text->why)});
    }
    if (fault.status) {
        table.add({tr("Card:"), status_line(*fault.status)});
    }
    if (fault.tries_left) {
        table.add({tr("Tries:"), tries_text(*fault.tries_left)});
    }
    if (text != nullptr) {
        table.add({tr("Next:"), tr(text->next)});
    }
    table.print(out, 2, line_columns);
    print_problems(out, fault.problems);
}

} // namespace cli
