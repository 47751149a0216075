#include "host/cli/commands.hpp"
#include "host/cli/language.hpp"
#include "host/cli/local_moment.hpp"
#include "host/cli/text_layout.hpp"

#include <array>
#include <memory>

namespace cli {
namespace {

constexpr CommandText events_text{
    "events", translatable("follow what happens at the readers"),
    translatable(
        "Tells of readers and cards that come and go, of work and its faults, of leases, "
        "as it happens,\n"
        "until it is ended (Ctrl-C). With --json one JSON object a line. Says nothing of "
        "cards' holders.\n"
        "\n"
        "Examples:\n"
        "  sscard events                   from now on\n"
        "  sscard events --since 0 --json  all that the daemon remembers, and from now on\n"
        "  sscard events --once            what the daemon remembers, and no more\n")};

struct EventOptions {
    std::optional<std::uint64_t> since{};
    bool once = false;
};

struct EventText {
    api::EventKind kind;
    char const* text;
};

constexpr auto event_texts = std::to_array<EventText>({
    {api::EventKind::service_gone, translatable("the PC/SC service is gone")},
    {api::EventKind::service_back, translatable("the PC/SC service is back")},
    {api::EventKind::reader_arrived, translatable("the reader has come")},
    {api::EventKind::reader_gone, translatable("the reader is gone")},
    {api::EventKind::reader_hangs, translatable("the reader does not answer")},
    {api::EventKind::reader_answers, translatable("the reader answers again")},
    {api::EventKind::card_in, translatable("a card was put in")},
    {api::EventKind::card_out, translatable("the card was taken out")},
    {api::EventKind::job_begun, translatable("begun")},
    {api::EventKind::job_done, translatable("done")},
    {api::EventKind::job_failed, translatable("failed")},
    {api::EventKind::lease_taken, translatable("the reader was leased")},
    {api::EventKind::lease_released, translatable("the lease was given back")},
    {api::EventKind::lease_expired, translatable("the lease has run out")},
    {api::EventKind::centre_alarm, translatable("ALARM: refused too often; it is blocked")},
});

std::string text_of(api::Event const& event) {
    std::string text;
    for (EventText const& row : event_texts) {
        if (row.kind == event.kind) {
            text = tr(row.text);
        }
    }
    if (event.operation) {
        text = printable(*event.operation) + tr(": ") + text;
    }
    if (event.fault) {
        text += " [" + printable(*event.fault) + "]";
    }
    return event.reader ? printable(*event.reader) + "  " + text : text;
}

/// Prints events as they come; false once nobody reads them any more.
bool print_event(Invocation const& invocation, api::Event const& event) {
    if (invocation.json) {
        invocation.out() << api::to_text(api::to_json(event)) << '\n';
    } else {
        invocation.out() << event.number << "  " << local_moment(event.time) << "  "
                         << text_of(event) << '\n';
    }
    invocation.out() << std::flush;
    return invocation.out().good();
}

void print_lost(Invocation const& invocation, std::uint64_t count) {
    if (invocation.json) {
        invocation.out() << api::to_text(api::Json{{"lost", count}}) << '\n' << std::flush;
    } else {
        invocation.err() << tr_with("{1} events are no longer remembered.", {std::to_string(count)})
                         << '\n';
    }
}

ExitCode print_once(Invocation const& invocation, EventOptions const& options) {
    auto const list = invocation.client().ask(api::EventsRequest{options.since});
    if (!list.ok()) {
        return invocation.refuse(list.error());
    }
    if (list.value().lost > 0) {
        print_lost(invocation, list.value().lost);
    }
    for (api::Event const& event : list.value().events) {
        (void)print_event(invocation, event);
    }
    return ExitCode::done;
}

ExitCode follow(Invocation const& invocation, EventOptions const& options) {
    api::LineListeners listeners;
    listeners.event = [&](api::Event const& event) { return print_event(invocation, event); };
    listeners.lost = [&](api::LostEvents const& lost) { print_lost(invocation, lost.count); };
    auto const end = invocation.client().follow(api::EventsRequest{options.since, true}, listeners);
    return end.ok() ? ExitCode::done : invocation.refuse(end.error());
}

} // namespace

void add_events_command(CLI::App& app, Invocation& invocation) {
    auto const options = std::make_shared<EventOptions>();
    CLI::App& command =
        add_command(app, invocation, events_text, WithReader::no, [&invocation, options] {
            return options->once ? print_once(invocation, *options) : follow(invocation, *options);
        });
    command.add_option("--since", options->since, tr("begin after the event of that number"))
        ->type_name("NUMBER");
    command.add_flag("--once", options->once, tr("tell what is remembered, and end"));
}

} // namespace cli
