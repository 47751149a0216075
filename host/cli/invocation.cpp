#include "host/cli/invocation.hpp"

#include "host/cli/fault_report.hpp"
#include "host/cli/language.hpp"

#include "host/api/answer.hpp"
#include "host/api/socket_file.hpp"

namespace cli {

api::Client Invocation::client() const {
    return api::Client{api::choose_socket_path(socket, api::socket_path_default), lease};
}

void Invocation::print(api::Json const& json) const { out() << api::to_text(json, true) << '\n'; }

ExitCode Invocation::refuse(api::Fault const& fault) const {
    if (json) {
        print(api::error_json(fault));
    }
    print_fault(err(), fault);
    return exit_code_of(fault.code);
}

void Invocation::note_test_keys(bool test_keys) const {
    if (test_keys) {
        err() << tr("TEST KEYS: the daemon's keys are for trying, never for a holder's card.")
              << std::endl;
    }
}

CLI::App& add_noun(CLI::App& parent, CommandText const& text) {
    CLI::App* const noun = parent.add_subcommand(text.name, tr(text.description));
    noun->footer(tr(text.teaching));
    noun->require_subcommand(1);
    noun->fallthrough();
    noun->group(tr("Commands"));
    noun->option_defaults()->group(tr("Options"));
    noun->set_help_flag("-h,--help", tr("show this help"));
    return *noun;
}

CLI::App& add_command(CLI::App& parent, Invocation& invocation, CommandText const& text,
                      WithReader with_reader, std::function<ExitCode()> action) {
    CLI::App* const command = parent.add_subcommand(text.name, tr(text.description));
    command->footer(tr(text.teaching));
    command->fallthrough();
    command->group(tr("Commands"));
    command->option_defaults()->group(tr("Options"));
    command->set_help_flag("-h,--help", tr("show this help"));
    command->add_flag("--json", invocation.json, tr("answer with one JSON value"));
    if (with_reader == WithReader::yes) {
        command
            ->add_option("--reader", invocation.reader,
                         tr("the reader: its number, its name, or a part of the name that no other "
                            "has"))
            ->type_name("NAME");
    }
    command->callback([&invocation, action = std::move(action)] { invocation.action = action; });
    return *command;
}

} // namespace cli
