#include "host/cli/commands.hpp"
#include "host/cli/language.hpp"
#include "host/cli/local_moment.hpp"
#include "host/cli/text_layout.hpp"

#include "host/api/lease_messages.hpp"

#include <memory>

namespace cli {
namespace {

constexpr CommandText lease_text{
    "lease", translatable("have a reader for yourself for a while"),
    translatable("Prints a token. Until the time is over only commands with that token get to the "
                 "reader:\n"
                 "no other program comes between two of yours. Give it in SSCARD_LEASE, or with "
                 "--lease.\n"
                 "\n"
                 "Examples:\n"
                 "  export SSCARD_LEASE=$(sscard readers lease --reader 2 --for 300)\n"
                 "  sscard card info          at reader 2, which nobody else gets\n"
                 "  sscard readers release\n")};

constexpr CommandText renew_text{"renew", translatable("keep a leased reader for longer"),
                                 translatable("Examples:\n"
                                              "  sscard readers renew --for 300\n")};

constexpr CommandText release_text{"release", translatable("give a leased reader back"),
                                   translatable("Examples:\n"
                                                "  sscard readers release\n")};

struct LeaseOptions {
    std::string purpose{"sscard"};
    std::uint32_t seconds = 60;
};

/// The token goes alone to standard output, for scripts; what people want to know beside it.
ExitCode tell_lease(Invocation const& invocation, api::Outcome<api::Lease> const& lease) {
    if (!lease.ok()) {
        return invocation.refuse(lease.error());
    }
    if (invocation.json) {
        invocation.print(api::to_json(lease.value()));
        return ExitCode::done;
    }
    invocation.out() << printable(lease.value().token) << '\n' << std::flush;
    invocation.err() << tr_with("{1} is yours until {2}.", {printable(lease.value().reader),
                                                            local_moment(lease.value().until)})
                     << '\n';
    return ExitCode::done;
}

ExitCode release(Invocation const& invocation) {
    auto const released = invocation.client().ask(api::LeaseReleaseRequest{});
    if (!released.ok()) {
        return invocation.refuse(released.error());
    }
    if (invocation.json) {
        invocation.print(api::to_json(released.value()));
    } else {
        invocation.out() << tr_with("{1} is free again.", {printable(released.value().reader)})
                         << '\n';
    }
    return ExitCode::done;
}

void add_time_option(CLI::App& command, LeaseOptions& options) {
    command.add_option("--for", options.seconds, tr("seconds, 1 to 3600; 60 where it is not said"))
        ->type_name("SECONDS");
}

} // namespace

void add_lease_commands(CLI::App& readers, Invocation& invocation) {
    auto const options = std::make_shared<LeaseOptions>();
    CLI::App& lease =
        add_command(readers, invocation, lease_text, WithReader::yes, [&invocation, options] {
            return tell_lease(invocation,
                              invocation.client().ask(api::LeaseRequest{
                                  invocation.reader, options->purpose, options->seconds}));
        });
    lease
        .add_option("--purpose", options->purpose,
                    tr("what others are told that the reader is leased for"))
        ->type_name("TEXT");
    add_time_option(lease, *options);
    CLI::App& renew =
        add_command(readers, invocation, renew_text, WithReader::no, [&invocation, options] {
            return tell_lease(invocation,
                              invocation.client().ask(api::LeaseRenewalRequest{options->seconds}));
        });
    add_time_option(renew, *options);
    (void)add_command(readers, invocation, release_text, WithReader::no,
                      [&invocation] { return release(invocation); });
}

} // namespace cli
