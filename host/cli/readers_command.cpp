#include "host/cli/commands.hpp"
#include "host/cli/language.hpp"
#include "host/cli/local_moment.hpp"
#include "host/cli/text_layout.hpp"

namespace cli {
namespace {

constexpr CommandText readers_text{
    "readers", translatable("list the card readers, what is in them and what they are at"),
    translatable("Examples:\n"
                 "  sscard readers          all readers with their numbers\n"
                 "  sscard readers --json   the same for a program\n"
                 "  sscard readers lease --reader 2 --purpose \"counter 3\"\n"
                 "                          have a reader for yourself for a while\n")};

std::string card_presence(api::Reader const& reader) {
    if (!reader.card_present) {
        return tr("no card");
    }
    if (reader.card_mute) {
        return tr("mute card");
    }
    return reader.in_use ? tr("card, in use") : tr("card");
}

/// "2  Reader B: in use by opensc-tool (pid 4711) since 2024-01-31 12:00:00".
void print_holds(std::ostream& out, std::vector<api::Reader> const& readers) {
    for (api::Reader const& reader : readers) {
        if (!reader.hold) {
            continue;
        }
        std::string programs;
        for (api::HoldingProgram const& one : reader.hold->programs) {
            programs += (programs.empty() ? "" : tr(", ")) + printable(one.program) + " (pid " +
                        std::to_string(one.pid) + ")";
        }
        if (programs.empty()) {
            programs = tr("a program that the daemon may not look at");
        }
        std::string const since =
            reader.hold->since ? local_moment(*reader.hold->since) : std::string{"?"};
        out << tr_with("Reader {1} is in use by {2} since {3}.",
                       {std::to_string(reader.number), programs, since})
            << '\n';
    }
}

std::string lane_work(api::LaneWork const& work) {
    if (work.hangs_since) {
        return tr_with("hangs since {1} ({2})",
                       {local_moment(*work.hangs_since), printable(work.operation)});
    }
    std::string text = printable(work.operation);
    if (work.steps_total > 0) {
        text += " " + std::to_string(work.steps_done) + "/" + std::to_string(work.steps_total);
    }
    return tr_with("{1} since {2}", {text, local_moment(work.since)});
}

std::string lane_text(api::Lane const& lane) {
    std::string text = lane.work ? lane_work(*lane.work) : tr("idle");
    if (lane.waiting > 0) {
        text += tr(", ") + tr_with("{1} waiting", {std::to_string(lane.waiting)});
    }
    if (lane.lease) {
        text += tr(", ") + tr_with("leased for {1} by {2} until {3}",
                                   {printable(lane.lease->purpose), printable(lane.lease->user),
                                    local_moment(lane.lease->until)});
    }
    return text;
}

/// What went wrong at a reader: "card_removed 2, no_card 1; last no_card 2024-01-31 12:00:00".
std::string fault_counts(api::Lane const& lane) {
    std::string text;
    for (api::FaultCount const& row : lane.failed) {
        text +=
            (text.empty() ? "" : tr(", ")) + printable(row.code) + " " + std::to_string(row.count);
    }
    if (lane.last_fault) {
        text += "; " + tr_with("last {1} {2}", {printable(lane.last_fault->code),
                                                local_moment(lane.last_fault->time)});
    }
    return text;
}

void print_faults(std::ostream& out, std::vector<api::Reader> const& readers) {
    Table table;
    for (api::Reader const& reader : readers) {
        if (!reader.lane.failed.empty()) {
            table.add({std::to_string(reader.number), printable(reader.name),
                       tr_with("done {1}", {std::to_string(reader.lane.done)}),
                       fault_counts(reader.lane)});
        }
    }
    if (!table.is_empty()) {
        out << tr("Faults since the daemon started:") << '\n';
        table.print(out, 2);
    }
}

void print_gone(std::ostream& out, std::vector<api::GoneReader> const& gone) {
    for (api::GoneReader const& reader : gone) {
        out << tr_with("Gone since {1}: {2}", {local_moment(reader.since), printable(reader.name)})
            << '\n';
    }
}

void print_readers(std::ostream& out, api::ReaderList const& list) {
    if (list.readers.empty()) {
        out << tr("No card reader is connected.") << '\n';
    } else {
        Table table;
        table.add({tr("No."), tr("Reader"), tr("Card"), tr("Work"), tr("ATR")});
        for (api::Reader const& reader : list.readers) {
            table.add({std::to_string(reader.number), printable(reader.name), card_presence(reader),
                       lane_text(reader.lane), reader.atr.value_or("")});
        }
        table.print(out);
    }
    print_holds(out, list.readers);
    print_faults(out, list.readers);
    print_gone(out, list.gone);
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
    CLI::App& command = add_command(app, invocation, readers_text, WithReader::no, {});
    command.callback([&command, &invocation] { // after those of its verbs
        if (command.get_subcommands().empty()) {
            invocation.action = [&invocation] { return list_readers(invocation); };
        }
    });
    add_lease_commands(command, invocation);
}

} // namespace cli
