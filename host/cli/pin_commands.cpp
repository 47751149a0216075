#include "host/cli/commands.hpp"
#include "host/cli/current_pin.hpp"
#include "host/cli/language.hpp"

#include <memory>

namespace cli {
namespace {

constexpr CommandText noun_text{
    "pin", translatable("the holder's social security PIN"),
    translatable("A PIN is asked for at the terminal, or read from a file descriptor; it is never "
                 "an argument.\n"
                 "This is the social security PIN. The bank's PIN on the same card is changed and "
                 "unblocked\n"
                 "only at a counter of the bank.\n")};

constexpr CommandText status_text{
    "status", translatable("tell whether a PIN is set and how many tries are left"),
    translatable("Costs no try.\n\nExamples:\n  sscard pin status\n  sscard pin status --json\n")};

constexpr CommandText verify_text{
    "verify", translatable("compare the PIN with the card's"),
    translatable("Tries left are shown before the PIN is asked for. A wrong PIN costs one; the "
                 "last one is only\n"
                 "spent with --spend-last-try, because a wrong PIN then blocks the card.\n"
                 "\n"
                 "Examples:\n"
                 "  sscard pin verify                    asks at the terminal\n"
                 "  sscard pin verify --pin-fd 3 3<FILE  reads the first line of FILE\n"
                 "  sscard pin verify --at-pad           typed at the reader's own PIN pad\n")};

constexpr CommandText change_text{
    "change", translatable("let the holder change a PIN that they know"),
    translatable(
        "Examples:\n"
        "  sscard pin change                             asks for the old and the new one\n"
        "  sscard pin change --pin-fd 3 --new-pin-fd 3 3<FILE\n"
        "                                                old and new one, a line each\n"
        "  sscard pin change --at-pad                    typed at the reader's own PIN pad\n")};

constexpr CommandText reset_text{
    "reset", translatable("set a new PIN without the old one, by the office's key"),
    translatable(
        "For a holder who has forgotten the PIN or blocked it, present with card and ID "
        "card.\n"
        "\n"
        "Examples:\n"
        "  sscard pin reset                         asks for the new PIN twice\n"
        "  sscard pin reset --new-pin-fd 3 3<FILE   reads it from FILE\n"
        "  sscard pin reset --at-pad                typed twice at the kiosk's terminal; no "
        "program sees it\n"
        "  sscard pin reset --pin-block 1234567800000001 00000001 "
        "0123456789ABCDEF0123456789ABCDEF\n"
        "                                           typed at a PIN pad, which encrypted "
        "it\n")};

constexpr CommandText unblock_text{
    "unblock", translatable("make a blocked PIN work again as it was, by the office's key"),
    translatable("For a holder who knows the PIN after all, present with card and ID card.\n"
                 "\n"
                 "Example:\n"
                 "  sscard pin unblock\n")};

/// What was said for a verb about PINs.
struct PinOptions {
    std::optional<unsigned> pin_fd{};
    std::optional<unsigned> new_pin_fd{};
    std::vector<std::string> pin_block{};
    bool spend_last_try = false;
    bool at_pad = false;
    bool bank = false;
};
using SharedOptions = std::shared_ptr<PinOptions>;

ExitCode tell(Invocation const& invocation, api::Outcome<api::PinStatus> const& outcome,
              char const* sentence) {
    if (!outcome.ok()) {
        return invocation.refuse(outcome.error());
    }
    invocation.note_test_keys(outcome.value().test_keys.value_or(false));
    if (invocation.json) {
        invocation.print(api::to_json(outcome.value()));
    } else {
        invocation.out() << tr(sentence)
                         << tr_with("Social security PIN: {1}.", {pin_state_text(outcome.value())})
                         << '\n';
    }
    return ExitCode::done;
}

ExitCode status(Invocation const& invocation, PinOptions const& /*options*/) {
    return tell(invocation, invocation.client().ask(api::PinStatusRequest{invocation.reader}), "");
}

/// What the holder is to do now, where someone looks on.
void ask_for_pad(Invocation const& invocation) {
    if (!invocation.json) {
        invocation.err() << tr("Type at the PIN pad.") << std::endl;
    }
}

ExitCode verify(Invocation const& invocation, PinOptions const& options) {
    if (options.at_pad) {
        ask_for_pad(invocation);
        return tell(invocation,
                    invocation.client().ask(api::PinVerifyRequest{invocation.reader, std::nullopt,
                                                                  options.spend_last_try, true}),
                    translatable("The PIN is right. "));
    }
    auto pin = current_pin(invocation, options.pin_fd, options.spend_last_try);
    if (!pin.ok()) {
        return invocation.refuse(pin.error());
    }
    return tell(invocation,
                invocation.client().ask(api::PinVerifyRequest{
                    invocation.reader, std::move(pin).value(), options.spend_last_try}),
                translatable("The PIN is right. "));
}

ExitCode change(Invocation const& invocation, PinOptions const& options) {
    if (options.at_pad) {
        ask_for_pad(invocation);
        return tell(invocation,
                    invocation.client().ask(api::PinChangeRequest{invocation.reader, std::nullopt,
                                                                  std::nullopt,
                                                                  options.spend_last_try, true}),
                    translatable("The PIN was changed. "));
    }
    auto old_pin = current_pin(invocation, options.pin_fd, options.spend_last_try);
    if (!old_pin.ok()) {
        return invocation.refuse(old_pin.error());
    }
    auto wanted = new_pin(invocation, options.new_pin_fd);
    if (!wanted.ok()) {
        return invocation.refuse(wanted.error());
    }
    return tell(invocation,
                invocation.client().ask(
                    api::PinChangeRequest{invocation.reader, std::move(old_pin).value(),
                                          std::move(wanted).value(), options.spend_last_try}),
                translatable("The PIN was changed. "));
}

ExitCode reset(Invocation const& invocation, PinOptions const& options) {
    api::PinResetRequest request;
    request.reader = invocation.reader;
    if (options.at_pad) {
        ask_for_pad(invocation);
        request.at_pad = true;
    } else if (options.pin_block.empty()) {
        auto wanted = new_pin(invocation, options.new_pin_fd);
        if (!wanted.ok()) {
            return invocation.refuse(wanted.error());
        }
        request.new_pin.emplace(std::move(wanted).value());
    } else {
        request.pin_block = {options.pin_block.at(0), options.pin_block.at(1),
                             options.pin_block.at(2)};
    }
    return tell(invocation, invocation.client().ask(request), translatable("The PIN was reset. "));
}

ExitCode unblock(Invocation const& invocation, PinOptions const& /*options*/) {
    return tell(invocation, invocation.client().ask(api::PinUnblockRequest{invocation.reader}),
                translatable("The PIN was unblocked. "));
}

using Verb = ExitCode (*)(Invocation const&, PinOptions const&);

CLI::App& add_verb(CLI::App& noun, Invocation& invocation, CommandText const& text, Verb verb,
                   SharedOptions const& options) {
    CLI::App& command =
        add_command(noun, invocation, text, WithReader::yes, [&invocation, options, verb] {
            return options->bank ? invocation.refuse(api::fault(api::code::bank_application))
                                 : verb(invocation, *options);
        });
    command.add_flag("--bank", options->bank,
                     tr("the bank's PIN: refused, with the way to the bank's counter"));
    return command;
}

void add_current_pin(CLI::App& command, SharedOptions const& options) {
    command
        .add_option("--pin-fd", options->pin_fd,
                    tr("read the PIN from this file descriptor, first line"))
        ->type_name("N");
    command.add_flag("--spend-last-try", options->spend_last_try,
                     tr("try the PIN even where a wrong one blocks the card"));
}

void add_at_pad(CLI::App& command, SharedOptions const& options) {
    command.add_flag("--at-pad", options->at_pad, tr("typed at the reader's own PIN pad"));
}

void add_new_pin(CLI::App& command, SharedOptions const& options) {
    command
        .add_option("--new-pin-fd", options->new_pin_fd,
                    tr("read the new PIN from this file descriptor, next line"))
        ->type_name("N");
}

} // namespace

void add_pin_commands(CLI::App& app, Invocation& invocation) {
    CLI::App& noun = add_noun(app, noun_text);
    auto const options = std::make_shared<PinOptions>();
    (void)add_verb(noun, invocation, status_text, status, options);
    CLI::App& verify_command = add_verb(noun, invocation, verify_text, verify, options);
    add_current_pin(verify_command, options);
    add_at_pad(verify_command, options);
    CLI::App& change_command = add_verb(noun, invocation, change_text, change, options);
    add_current_pin(change_command, options);
    add_new_pin(change_command, options);
    add_at_pad(change_command, options);
    CLI::App& reset_command = add_verb(noun, invocation, reset_text, reset, options);
    add_new_pin(reset_command, options);
    add_at_pad(reset_command, options);
    reset_command
        .add_option("--pin-block", options->pin_block,
                    tr("what a PIN pad gave out: terminal, counter and block, in hex"))
        ->expected(3)
        ->type_name("TERMINAL COUNTER BLOCK");
    (void)add_verb(noun, invocation, unblock_text, unblock, options);
}

} // namespace cli
