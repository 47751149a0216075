#include "host/cli/commands.hpp"
#include "host/cli/input_file.hpp"
#include "host/cli/language.hpp"
#include "host/cli/text_layout.hpp"

#include "host/api/base64.hpp"
#include "host/api/minutes_messages.hpp"

#include <algorithm>
#include <array>
#include <memory>

namespace cli {
namespace {

constexpr CommandText minutes_text{
    "minutes", translatable("the minutes of what was done with keys"),
    translatable("Each holds the digest of the one before, and is signed with the office's key.\n"
                 "\n"
                 "Examples:\n"
                 "  sscard keys minutes list\n"
                 "  sscard keys minutes show 3 --pdf minutes-3.pdf > minutes-3.json\n"
                 "  sscard keys minutes verify minutes-3.json\n")};
constexpr CommandText minutes_list_text{
    "list", translatable("all of them, and whether the list is whole"), ""};
constexpr CommandText minutes_show_text{"show", translatable("one of them, as signed JSON"), ""};
constexpr CommandText minutes_verify_text{
    "verify", translatable("whether minutes are this office's, unchanged"),
    translatable("Without a file: whether the office's own list is whole. Exit status 1 where "
                 "something is wrong.\n")};
constexpr CommandText public_key_text{
    "public-key", translatable("the key that proves the office's signatures, PEM"), ""};

struct MinutesOptions {
    std::uint32_t number = 0;
    std::string file{};
    std::string pdf{};
};

std::string act_text(std::string const& act) {
    constexpr std::array known{translatable("ceremony"),    translatable("rotation"),
                               translatable("destruction"), translatable("backup"),
                               translatable("restore"),     translatable("initial_key"),
                               translatable("generation"),  translatable("provisioning")};
    return std::find(known.begin(), known.end(), act) == known.end() ? act
                                                                     : tr(std::string_view{act});
}

std::string outcome_text(std::string const& outcome) {
    constexpr std::array known{translatable("done"), translatable("aborted"),
                               translatable("expired"), translatable("failed"),
                               translatable("interrupted")};
    return std::find(known.begin(), known.end(), outcome) == known.end()
               ? outcome
               : tr(std::string_view{outcome});
}

std::string finding_text(std::string const& finding) {
    if (finding == "missing") {
        return tr("they are missing: the list was shortened");
    }
    if (finding == "damaged") {
        return tr("they cannot be read");
    }
    if (finding == "not_signed") {
        return tr("they are not as this office has signed them");
    }
    if (finding == "chain_broken") {
        return tr("they do not hold the digest of the ones before");
    }
    if (finding == "not_kept") {
        return tr("this office has signed them, and does not keep them");
    }
    return tr("the list's head does not fit: it was shortened, or put back from an older copy");
}

void print_findings(std::ostream& out, std::vector<api::MinutesFinding> const& findings) {
    for (api::MinutesFinding const& one : findings) {
        out << (one.number == 0 ? tr("List") : tr_with("Minutes {1}", {std::to_string(one.number)}))
            << ": " << finding_text(one.finding) << '\n';
    }
}

ExitCode list_minutes(Invocation const& invocation) {
    auto const list = invocation.client().ask(api::MinutesListRequest{});
    if (!list.ok()) {
        return invocation.refuse(list.error());
    }
    if (invocation.json) {
        invocation.print(api::to_json(list.value()));
    } else {
        Table table;
        table.add({tr("No."), tr("Ended"), tr("Act"), tr("Outcome"), tr("Operator"), tr("Keys")});
        for (api::MinutesEntry const& one : list.value().minutes) {
            table.add({std::to_string(one.number), one.ended_at, act_text(one.act),
                       outcome_text(one.outcome), printable(one.operator_user),
                       printable(one.keys)});
        }
        table.print(invocation.out());
        print_findings(invocation.out(), list.value().findings);
    }
    return list.value().findings.empty() ? ExitCode::done : ExitCode::other;
}

ExitCode show_minutes(Invocation const& invocation, MinutesOptions const& options) {
    auto const found =
        invocation.client().ask(api::MinutesRequest{options.number, !options.pdf.empty()});
    if (!found.ok()) {
        return invocation.refuse(found.error());
    }
    if (!options.pdf.empty()) {
        auto const bytes = api::bytes_of_base64(found.value().pdf.value_or(""));
        if (!bytes || !write_output(options.pdf, *bytes)) {
            return invocation.refuse(api::fault(api::code::output_failed, options.pdf));
        }
    }
    invocation.out() << found.value().text; // as it was signed, for people and programs
    return ExitCode::done;
}

ExitCode tell_proof(Invocation const& invocation, api::MinutesProof const& proof) {
    if (invocation.json) {
        invocation.print(api::to_json(proof));
    } else if (proof.finding) {
        print_findings(invocation.out(), {{proof.number, *proof.finding}});
    } else {
        invocation.out() << tr_with("Minutes {1} are this office's, unchanged.",
                                    {std::to_string(proof.number)})
                         << '\n';
    }
    return proof.finding ? ExitCode::other : ExitCode::done;
}

ExitCode verify_list(Invocation const& invocation) {
    auto const list = invocation.client().ask(api::MinutesListRequest{});
    if (!list.ok()) {
        return invocation.refuse(list.error());
    }
    bool const is_whole = list.value().findings.empty();
    if (invocation.json) {
        invocation.print(api::to_json(list.value()));
    } else if (is_whole) {
        invocation.out() << tr_with("The list of {1} minutes is whole.",
                                    {std::to_string(list.value().minutes.size())})
                         << '\n';
    }
    if (!invocation.json) {
        print_findings(invocation.out(), list.value().findings);
    }
    return is_whole ? ExitCode::done : ExitCode::other;
}

ExitCode verify_minutes(Invocation const& invocation, MinutesOptions const& options) {
    if (options.file.empty()) {
        return verify_list(invocation);
    }
    auto const text = read_input(options.file, invocation.surroundings().in);
    if (!text.ok()) {
        return invocation.refuse(text.error());
    }
    auto const proof = invocation.client().ask(api::MinutesProofRequest{text.value()});
    return proof.ok() ? tell_proof(invocation, proof.value()) : invocation.refuse(proof.error());
}

ExitCode print_public_key(Invocation const& invocation) {
    auto const list = invocation.client().ask(api::MinutesListRequest{});
    if (!list.ok()) {
        return invocation.refuse(list.error());
    }
    if (invocation.json) {
        invocation.print(api::Json{{"public_key", list.value().public_key}});
    } else {
        invocation.out() << list.value().public_key;
    }
    return ExitCode::done;
}

} // namespace

void add_minutes_commands(CLI::App& keys, Invocation& invocation) {
    CLI::App& minutes = add_noun(keys, minutes_text);
    auto const options = std::make_shared<MinutesOptions>();
    (void)add_command(minutes, invocation, minutes_list_text, WithReader::no,
                      [&invocation] { return list_minutes(invocation); });
    CLI::App& show =
        add_command(minutes, invocation, minutes_show_text, WithReader::no,
                    [&invocation, options] { return show_minutes(invocation, *options); });
    show.add_option("NUMBER", options->number, tr("as the list tells it"))
        ->required()
        ->type_name("");
    show.add_option("--pdf", options->pdf, tr("write it there as a PDF too, for signing"))
        ->type_name("PATH");
    CLI::App& verify =
        add_command(minutes, invocation, minutes_verify_text, WithReader::no,
                    [&invocation, options] { return verify_minutes(invocation, *options); });
    verify.add_option("FILE", options->file, tr("minutes in JSON; \"-\": standard input"))
        ->type_name("PATH");
    (void)add_command(minutes, invocation, public_key_text, WithReader::no,
                      [&invocation] { return print_public_key(invocation); });
}

} // namespace cli
