#include "host/cli/commands.hpp"
#include "host/cli/fault_report.hpp"
#include "host/cli/input_file.hpp"
#include "host/cli/language.hpp"

#include "host/api/record_messages.hpp"

#include <memory>

namespace cli {
namespace {

constexpr CommandText check_text{
    "check", translatable("check a person's record without a card"),
    translatable("Lists every fault at once. \"sscard card personalize --schema\" prints what a "
                 "record looks like.\n"
                 "\n"
                 "Examples:\n"
                 "  sscard check person.json\n"
                 "  make-record | sscard check - --json\n")};

ExitCode check(Invocation const& invocation, std::string const& path) {
    auto const record = read_input(path, invocation.surroundings().in);
    if (!record.ok()) {
        return invocation.refuse(record.error());
    }
    auto const checked = invocation.client().ask(api::RecordCheckRequest{{record.value()}});
    if (!checked.ok()) {
        return invocation.refuse(checked.error());
    }
    if (invocation.json) {
        invocation.print(api::to_json(checked.value()));
        return ExitCode::done;
    }
    invocation.out() << tr_with("The record is valid. Card number {1}.",
                                {checked.value().card_number})
                     << '\n';
    if (!checked.value().warnings.empty()) {
        invocation.out() << tr("Worth a second look:") << '\n';
        print_problems(invocation.out(), checked.value().warnings);
    }
    return ExitCode::done;
}

} // namespace

void add_check_command(CLI::App& app, Invocation& invocation) {
    auto const path = std::make_shared<std::string>();
    CLI::App& command = add_command(app, invocation, check_text, WithReader::no,
                                    [&invocation, path] { return check(invocation, *path); });
    command.add_option("record", *path, tr("the record's file; - for standard input"))
        ->type_name("PATH")
        ->required();
}

} // namespace cli
