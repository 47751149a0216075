#include "host/cli/batch_control.hpp"
#include "host/cli/batch_report.hpp"
#include "host/cli/commands.hpp"
#include "host/cli/fault_report.hpp"
#include "host/cli/input_file.hpp"
#include "host/cli/language.hpp"

#include "host/api/socket_file.hpp"
#include "host/batch/batch_run.hpp"

#include <memory>
#include <mutex>

namespace cli {
namespace {

constexpr std::size_t people_file_max = 256U << 20U;

constexpr CommandText batch_text{"batch", translatable("make cards for many people"),
                                 translatable("Examples:\n"
                                              "  sscard batch run people.csv\n")};

constexpr CommandText run_text{
    "run", translatable("make a card for each person of a file, over all readers at once"),
    translatable(
        "FILE holds one person's record a line as JSON, or is CSV whose first row names the "
        "items:\n"
        "holder_basic_data.name, residence.phone, ... All of it is checked before the first card. "
        "Put a blank\n"
        "into any reader; take it out when its line is there, and put the next in. A person waits "
        "for the very\n"
        "card that was begun for them: a card that was pulled goes back into any reader.\n"
        "\n"
        "While it runs: p and Enter pauses it, g goes on, q or Ctrl-C finishes the cards at hand "
        "and "
        "ends\n"
        "(SIGUSR1, SIGUSR2 and SIGTERM do the same). In the background it leaves the terminal "
        "alone; where the\n"
        "terminal hangs up it ends as by q, and under nohup it goes on. The same command goes on "
        "later: whoever\n"
        "has a card of this batch is passed over, and nobody is given two. Window work at the "
        "readers goes first.\n"
        "\n"
        "With --json: one JSON object a line and card, then {\"summary\": ...}. Ends with 0 only "
        "when "
        "everybody\n"
        "has a card.\n"
        "\n"
        "Examples:\n"
        "  sscard batch run people.csv --stage data\n"
        "  sscard batch run people.jsonl --version 3.00 --algorithm SM4 --spoiled spoiled.jsonl\n"
        "  sscard batch run renewal.csv --replacement --readers \"Desk 2\" --retries 2\n")};

struct BatchOptions {
    std::string file{};
    std::string stage = "both";
    std::optional<std::string> format{};
    std::optional<std::string> spoiled{};
    batch::Policy policy{};
    bool skip_invalid = false;
};

/// The file's name without its folders: the batch's, unless it is given one.
std::string name_of_file(std::string const& path) {
    auto const slash = path.rfind('/');
    return slash == std::string::npos ? path : path.substr(slash + 1);
}

batch::PeopleFormat format_of(BatchOptions const& options) {
    bool const is_csv = options.format ? *options.format == "csv" : options.file.ends_with(".csv");
    return is_csv ? batch::PeopleFormat::csv : batch::PeopleFormat::json_lines;
}

api::Fault people_fault(std::vector<api::Problem> problems) {
    api::Fault fault = api::fault("record_invalid");
    fault.problems = std::move(problems);
    return fault;
}

/// What the run is to be told before it begins: faults of records, people who have a card.
std::optional<api::Fault> refuse_people(Invocation const& invocation, BatchOptions const& options,
                                        batch::Preparation const& found) {
    std::vector<api::Problem> problems = found.problems;
    for (batch::Person const* const person : found.have_card) {
        problems.push_back({"/" + std::to_string(person->number), "has_card", ""});
    }
    if (problems.empty()) {
        return std::nullopt;
    }
    if (!options.skip_invalid) {
        return people_fault(std::move(problems));
    }
    invocation.err() << tr("These people are passed over:") << '\n';
    print_problems(invocation.err(), problems);
    return std::nullopt;
}

void tell_wish(Invocation const& invocation, std::string_view wish) {
    std::string const text = wish == "stop" ? tr("The cards at hand are finished, then it ends.")
                             : wish == "pause"
                                 ? tr("Paused: no card is begun until it goes on (g and Enter).")
                                 : tr("It goes on.");
    invocation.err() << text << std::endl;
}

/// What still waits when the run has ended, and how to go on.
ExitCode tell_end(Invocation const& invocation, batch::BatchRun& run) {
    for (auto const& [person, chip] : run.queue().interrupted()) {
        invocation.err() << tr_with("Person {1} waits for the card with reset info {2}.",
                                    {std::to_string(person->number), chip})
                         << '\n';
    }
    if (auto const why = run.signals().halted_by()) {
        return invocation.refuse(*why);
    }
    auto const count = run.queue().count();
    if (count.waiting + count.interrupted > 0) {
        invocation.err() << tr("Not everybody has a card. The same command goes on.") << '\n';
        return ExitCode::other;
    }
    return ExitCode::done;
}

ExitCode run_over(Invocation const& invocation, BatchOptions const& options,
                  std::vector<batch::Person> const& people) {
    std::unique_ptr<BatchReport> report;
    std::mutex speaking;
    batch::Signals* signals = nullptr;
    batch::Listeners const listeners{[&](batch::Result const& result) {
                                         std::lock_guard const lock{speaking};
                                         if (auto const fault = report->tell(result)) {
                                             signals->halt(*fault);
                                         }
                                     },
                                     [&](std::string const& reader, api::Fault const& why) {
                                         std::lock_guard const lock{speaking};
                                         report->tell_left_out(reader, why);
                                     },
                                     [&](api::Fault const& why) {
                                         std::lock_guard const lock{speaking};
                                         report->tell_waiting(why);
                                     }};
    batch::BatchRun run{options.policy, people, listeners};
    signals = &run.signals();
    BatchControl const control{run.signals(), [&](char const* wish) {
                                   std::lock_guard const lock{speaking};
                                   tell_wish(invocation, wish);
                               }};
    auto const found = run.prepare([](std::size_t) {});
    if (!found.ok()) {
        return invocation.refuse(found.error());
    }
    if (auto const fault = refuse_people(invocation, options, found.value())) {
        return invocation.refuse(*fault);
    }
    auto const count = run.queue().count();
    std::size_t const passed = people.size() - count.waiting - count.interrupted;
    invocation.err() << tr_with("{1} people: {2} to be made, {3} begun before, {4} passed over.",
                                {std::to_string(people.size()), std::to_string(count.waiting),
                                 std::to_string(count.interrupted), std::to_string(passed)})
                     << '\n';
    report = std::make_unique<BatchReport>(invocation, count.waiting + count.interrupted);
    if (options.spoiled) {
        if (auto const fault = report->list_spoiled_in(*options.spoiled)) {
            return invocation.refuse(*fault);
        }
    }
    run.run();
    std::lock_guard const lock{speaking};
    if (auto const fault = report->tell_end()) {
        run.signals().halt(*fault);
    }
    bool const lacks = !found.value().problems.empty() || !found.value().have_card.empty() ||
                       report->made() < count.waiting + count.interrupted;
    ExitCode const end = tell_end(invocation, run);
    return end == ExitCode::done && lacks ? ExitCode::other : end;
}

ExitCode run_batch(Invocation const& invocation, BatchOptions& options) {
    auto const text = read_input(options.file, invocation.surroundings().in, people_file_max);
    if (!text.ok()) {
        return invocation.refuse(text.error());
    }
    auto file = batch::people_of(text.value(), format_of(options));
    if (!file.problems.empty()) {
        return invocation.refuse(people_fault(std::move(file.problems)));
    }
    options.policy.socket = api::choose_socket_path(invocation.socket, api::socket_path_default);
    options.policy.stage = options.stage == "data" ? api::Stage::data : api::Stage::both;
    if (options.policy.name.empty()) {
        options.policy.name = name_of_file(options.file);
    }
    return run_over(invocation, options, file.people);
}

void add_batch_what(CLI::App& command, BatchOptions& options) {
    command.add_option("file", options.file, tr("the people; - for standard input"))
        ->type_name("FILE")
        ->required();
    command.add_option("--format", options.format, tr("of FILE; else by its name"))
        ->check(CLI::IsMember({"csv", "jsonl"}))
        ->type_name("");
    command
        .add_option("--name", options.policy.name,
                    tr("of the batch, in the register of cards; else the file's name"))
        ->type_name("TEXT");
    command.add_option("--stage", options.stage, tr("what is to be done"))
        ->check(CLI::IsMember({"both", "data"}))
        ->type_name("");
    command.add_option("--version", options.policy.version, tr("of the card's specification"))
        ->check(CLI::IsMember({"2.00", "3.00"}))
        ->type_name("");
    command.add_option("--algorithm", options.policy.algorithm, tr("of the card's keys"))
        ->check(CLI::IsMember({"3DES", "SM4"}))
        ->type_name("");
    command
        .add_option("--region", options.policy.region,
                    tr("that issues the card, 6 digits; else the daemon's configured one"))
        ->type_name("REGION");
    command.add_flag("--replacement", options.policy.replacement,
                     tr("people may have a card, which is void as soon as this one is made"));
    command.add_flag(
        "--remake", options.policy.remake,
        tr("cards that were begun and are lost are given up; their people get others"));
    command.add_flag("--skip-invalid", options.skip_invalid,
                     tr("pass over people with a faulty record or a card of their own"));
}

void add_batch_how(CLI::App& command, BatchOptions& options) {
    command
        .add_option("--readers", options.policy.readers,
                    tr("only at readers with this in their name; may be given several times"))
        ->type_name("NAME")
        ->expected(1)
        ->take_all();
    command
        .add_option("--retries", options.policy.retries,
                    tr("further tries with a card that does not answer rightly"))
        ->type_name("N");
    command
        .add_option("--reader-failures", options.policy.reader_failures_max,
                    tr("failures in a row after which a reader is left out"))
        ->check(CLI::PositiveNumber)
        ->type_name("N");
    command
        .add_option("--failures", options.policy.failures_max,
                    tr("failures in all after which the batch halts; 0: never"))
        ->type_name("N");
    command
        .add_option("--spoiled", options.spoiled,
                    tr("also write each spoiled card to the end of this file, a JSON line each"))
        ->type_name("PATH");
}

} // namespace

void add_batch_commands(CLI::App& app, Invocation& invocation) {
    CLI::App& noun = add_noun(app, batch_text);
    auto const options = std::make_shared<BatchOptions>();
    CLI::App& command =
        add_command(noun, invocation, run_text, WithReader::no,
                    [&invocation, options] { return run_batch(invocation, *options); });
    add_batch_what(command, *options);
    add_batch_how(command, *options);
}

} // namespace cli
