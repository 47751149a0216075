#include "host/cli/commands.hpp"
#include "host/cli/current_pin.hpp"
#include "host/cli/fault_report.hpp"
#include "host/cli/input_file.hpp"
#include "host/cli/language.hpp"
#include "host/cli/progress_report.hpp"
#include "host/cli/text_layout.hpp"

#include "host/api/personalize_messages.hpp"
#include "host/api/record_messages.hpp"

#include <memory>

namespace cli {
namespace {

constexpr CommandText personalize_text{
    "personalize", translatable("make a card: from a bare chip, or on an office's blank"),
    translatable("Stages: structure makes an office's blank from a bare chip; data writes a person "
                 "on a blank;\n"
                 "both does one after the other. The record is checked whole before the card is "
                 "touched, and\n"
                 "every value is read back. Leave the card in until the end. Where it was "
                 "interrupted, the same\n"
                 "command finishes the card.\n"
                 "\n"
                 "Examples:\n"
                 "  sscard card personalize --stage structure --version 3.00 --algorithm SM4 "
                 "--region 639900\n"
                 "  sscard card personalize --stage data --record person.json --ask-pin\n"
                 "  sscard card personalize --stage both --record person.json --version 2.00 "
                 "\\\n"
                 "      --algorithm 3DES --region 639900\n"
                 "  sscard card personalize --stage data --record person.json --dry-run\n"
                 "  sscard card personalize --schema > person_record.schema.json\n")};

struct PersonalizeOptions {
    std::optional<std::string> stage{};
    std::optional<std::string> record{};
    std::optional<unsigned> pin_fd{};
    bool ask_pin = false;
    std::optional<std::string> version{};
    std::optional<std::string> algorithm{};
    std::optional<std::string> region{};
    std::optional<std::string> reset_info{};
    bool rewrite_person = false;
    bool replacement = false;
    bool dry_run = false;
    bool try_transport_key_again = false;
    bool schema = false;
};

ExitCode print_schema(Invocation const& invocation) {
    auto const schema = invocation.client().ask(api::RecordSchemaRequest{});
    if (!schema.ok()) {
        return invocation.refuse(schema.error());
    }
    invocation.print(api::to_json_value(schema.value().schema));
    return ExitCode::done;
}

api::Outcome<api::PersonalizeRequest> request_of(Invocation const& invocation,
                                                 PersonalizeOptions const& options) {
    if (!options.stage) {
        return api::fault(api::code::request_invalid, "--stage structure|data|both");
    }
    api::PersonalizeRequest request;
    request.reader = invocation.reader;
    for (auto const& row : enum_names(api::Stage{})) {
        if (row.name == *options.stage) {
            request.stage = row.value;
        }
    }
    request.version = options.version;
    request.algorithm = options.algorithm;
    request.region = options.region;
    request.reset_info = options.reset_info;
    request.rewrite_person = options.rewrite_person;
    request.replacement = options.replacement;
    request.try_transport_key_again = options.try_transport_key_again;
    if (options.record) {
        auto record = read_input(*options.record, invocation.surroundings().in);
        if (!record.ok()) {
            return record.error();
        }
        request.record = api::RecordText{std::move(record).value()};
    }
    if (options.pin_fd || options.ask_pin) {
        auto pin = new_pin(invocation, options.pin_fd);
        if (!pin.ok()) {
            return pin.error();
        }
        request.pin = std::move(pin).value();
    }
    return request;
}

void print_result(Invocation const& invocation, api::Personalized const& made) {
    if (invocation.json) {
        invocation.print(api::to_json(made));
        return;
    }
    std::ostream& out = invocation.out();
    out << (made.card_number.empty()
                ? tr("The card's structure is made; it is an office's blank now.")
                : tr("The card is personalized."))
        << '\n';
    Table table;
    if (!made.card_number.empty()) {
        table.add({tr("Card number"), made.card_number});
    }
    table.add({tr("Card id"), made.card_id});
    table.add({tr("Region"), made.region});
    table.add({tr("Version"), made.version + " " + made.algorithm});
    table.add({tr("Steps"), tr_with("{1}, with {2} commands to the card",
                                    {std::to_string(made.steps), std::to_string(made.exchanges)})});
    table.print(out);
    if (made.test_keys) {
        out << tr("Its keys come from test keys: the card is for trying, never for a holder.")
            << '\n';
    }
    if (!made.warnings.empty()) {
        out << tr("Worth a second look:") << '\n';
        print_problems(out, made.warnings);
    }
}

/// Each step with its commands.
void print_plan(std::ostream& out, api::PersonalizationPlan const& plan) {
    std::uint32_t step = 0;
    for (api::PlannedCommand const& line : plan.commands) {
        if (line.step != step) {
            step = line.step;
            out << std::to_string(step) << "  " << choose(line.step_en, line.step_zh) << '\n';
        }
        out << "       " << line.command << '\n';
    }
    out << tr_with("{1} steps, {2} commands. Nothing was written to the card.",
                   {std::to_string(step), std::to_string(plan.commands.size())})
        << '\n';
}

ExitCode tell_plan(Invocation const& invocation, api::PersonalizeRequest request) {
    auto const plan = invocation.client().ask(api::PersonalizationPlanRequest{std::move(request)});
    if (!plan.ok()) {
        return invocation.refuse(plan.error());
    }
    invocation.note_test_keys(plan.value().test_keys);
    if (invocation.json) {
        invocation.print(api::to_json(plan.value()));
    } else {
        print_plan(invocation.out(), plan.value());
    }
    return ExitCode::done;
}

ExitCode personalize(Invocation const& invocation, PersonalizeOptions const& options) {
    if (options.schema) {
        return print_schema(invocation);
    }
    auto request = request_of(invocation, options);
    if (!request.ok()) {
        return invocation.refuse(request.error());
    }
    if (options.dry_run) {
        return tell_plan(invocation, std::move(request).value());
    }
    auto const made = [&] {
        ProgressReport report{invocation.err(), invocation.surroundings().is_err_terminal};
        return invocation.client().ask(
            request.value(), [&](api::Progress const& progress) { report.tell(progress); });
    }();
    if (!made.ok()) {
        return invocation.refuse(made.error());
    }
    print_result(invocation, made.value());
    return ExitCode::done;
}

void add_what(CLI::App& command, PersonalizeOptions& options) {
    std::vector<std::string> stages;
    for (auto const& row : enum_names(api::Stage{})) {
        stages.emplace_back(row.name);
    }
    command.add_option("--stage", options.stage, tr("what is to be done"))
        ->check(CLI::IsMember(stages))
        ->type_name("");
    command
        .add_option("--record", options.record,
                    tr("the person's record, a JSON file; - for standard input"))
        ->type_name("PATH");
    command
        .add_option("--pin-fd", options.pin_fd,
                    tr("read the card's PIN from this file descriptor, first line"))
        ->type_name("N");
    command.add_flag("--ask-pin", options.ask_pin,
                     tr("ask for the card's PIN, twice; else it keeps the default PIN"));
    command.add_flag("--schema", options.schema,
                     tr("print the JSON Schema of a person's record, and do nothing else"));
}

void add_how(CLI::App& command, PersonalizeOptions& options) {
    command.add_option("--version", options.version, tr("of the card's specification"))
        ->check(CLI::IsMember({"2.00", "3.00"}))
        ->type_name("");
    command.add_option("--algorithm", options.algorithm, tr("of the card's keys"))
        ->check(CLI::IsMember({"3DES", "SM4"}))
        ->type_name("");
    command
        .add_option("--region", options.region,
                    tr("that issues the card, 6 digits; else the daemon's configured one"))
        ->type_name("REGION");
    command
        .add_option("--reset-info", options.reset_info,
                    tr("26 hex digits: other historical bytes for a bare chip"))
        ->type_name("HEX");
    command.add_flag("--rewrite-person", options.rewrite_person,
                     tr("the card is personalized, and shall carry this record instead"));
    command.add_flag("--replacement", options.replacement,
                     tr("the person's other card is void as soon as this one is made"));
    command.add_flag("--dry-run", options.dry_run,
                     tr("print every command of the plan, secrets masked, and write nothing"));
    command.add_flag("--try-transport-key-again", options.try_transport_key_again,
                     tr("also on a chip that has refused it; a few wrong tries kill the chip"));
}

} // namespace

void add_personalize_command(CLI::App& card, Invocation& invocation) {
    auto const options = std::make_shared<PersonalizeOptions>();
    CLI::App& command =
        add_command(card, invocation, personalize_text, WithReader::yes,
                    [&invocation, options] { return personalize(invocation, *options); });
    add_what(command, *options);
    add_how(command, *options);
}

} // namespace cli
