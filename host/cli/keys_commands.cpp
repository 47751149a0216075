#include "host/cli/commands.hpp"
#include "host/cli/fault_report.hpp"
#include "host/cli/key_report.hpp"
#include "host/cli/language.hpp"
#include "host/cli/passphrase_entry.hpp"
#include "host/cli/text_layout.hpp"

#include <memory>

namespace cli {
namespace {

constexpr CommandText keys_text{
    "keys", translatable("the office's master keys: look, unlock, seal, change"),
    translatable("Examples:\n"
                 "  sscard keys doctor             is all there that the office needs\n"
                 "  sscard keys unlock             after the daemon has started\n"
                 "  sscard keys list\n"
                 "\n"
                 "Passphrases are asked for at the terminal, or read from --passphrase-fd; never "
                 "from the command\n"
                 "line. No key is ever shown; keys are told apart by their check values.\n")};

constexpr CommandText keys_list_text{
    "list", translatable("which keys there are, by their check values, and where"),
    translatable("Locked keys are not listed.\n")};

constexpr CommandText keys_doctor_text{
    "doctor", translatable("what is wrong with the keys, in plain words, and what to do"),
    translatable("Looks at the back end, and for each key that a card of the configured kind "
                 "needs. Exit status\n"
                 "10 where something hinders the work, 0 where nothing does.\n")};

constexpr CommandText keys_unlock_text{
    "unlock", translatable("open the sealed store with its passphrase, or an HSM with its PIN"),
    translatable(
        "The daemon goes on without a restart. After a wrong passphrase it waits: a second, "
        "then two, four …\n"
        "\n"
        "Examples:\n"
        "  sscard keys unlock\n"
        "  sscard keys unlock --passphrase-fd 3 3<FILE\n")};

constexpr CommandText keys_lock_text{
    "lock", translatable("have the daemon forget the keys until they are unlocked"),
    translatable("A card that is being worked on is finished first.\n")};

struct UnlockOptions {
    std::optional<unsigned> passphrase_fd{};
    bool by_credential = false;
};

ExitCode list_keys(Invocation const& invocation) {
    auto const report = invocation.client().ask(api::KeysRequest{});
    if (!report.ok()) {
        return invocation.refuse(report.error());
    }
    if (invocation.json) {
        invocation.print(api::to_json(report.value()));
    } else {
        print_key_report(invocation.out(), report.value());
    }
    return ExitCode::done;
}

void print_diagnosis(std::ostream& out, api::KeyDiagnosis const& found) {
    api::KeyReport about = found.report;
    about.keys.clear();
    about.fault.reset(); // told below
    print_key_report(out, about);
    Table table;
    table.add({tr("Cards"), found.version + " " + found.algorithm +
                                (found.region.empty() ? "" : tr(", region ") + found.region)});
    table.add({tr("Keys"), tr_with("{1} of the {2} that such a card needs are at hand",
                                   {std::to_string(found.needed - found.missing.size()),
                                    std::to_string(found.needed)})});
    std::string missing;
    for (std::string const& key : found.missing) {
        missing += (missing.empty() ? "" : ", ") + printable(key);
    }
    constexpr std::size_t columns = 96;
    if (!missing.empty() && found.report.state == api::KeyState::open) {
        table.add({tr("Missing"), missing});
    }
    table.print(out, 0, columns);
    for (auto const* const faults : {&found.faults, &found.warnings}) {
        for (api::Fault const& fault : *faults) {
            out << '\n';
            print_fault(out, fault);
        }
    }
    if (found.faults.empty()) {
        out << '\n' << tr("Nothing hinders the work.") << '\n';
    }
}

ExitCode examine_keys(Invocation const& invocation) {
    auto const found = invocation.client().ask(api::KeysDoctorRequest{});
    if (!found.ok()) {
        return invocation.refuse(found.error());
    }
    if (invocation.json) {
        invocation.print(api::to_json(found.value()));
    } else {
        print_diagnosis(invocation.out(), found.value());
    }
    return found.value().faults.empty() ? ExitCode::done : ExitCode::authentication;
}

ExitCode unlock_keys(Invocation const& invocation, UnlockOptions const& options) {
    api::KeysUnlockRequest request;
    if (!options.by_credential) {
        auto given = passphrase(invocation, options.passphrase_fd, translatable("Passphrase: "));
        if (!given.ok()) {
            return invocation.refuse(given.error());
        }
        request.passphrase = std::move(given).value();
    }
    return answer_with_keys(invocation, invocation.client().ask(request),
                            tr("The keys are unlocked."));
}

ExitCode lock_keys(Invocation const& invocation) {
    auto const report = invocation.client().ask(api::KeysLockRequest{});
    return answer_with_keys(invocation, report, tr("The keys are locked."));
}

} // namespace

void add_keys_commands(CLI::App& app, Invocation& invocation) {
    CLI::App& keys = add_noun(app, keys_text);
    (void)add_command(keys, invocation, keys_list_text, WithReader::no,
                      [&invocation] { return list_keys(invocation); });
    (void)add_command(keys, invocation, keys_doctor_text, WithReader::no,
                      [&invocation] { return examine_keys(invocation); });
    auto const options = std::make_shared<UnlockOptions>();
    CLI::App& unlock =
        add_command(keys, invocation, keys_unlock_text, WithReader::no,
                    [&invocation, options] { return unlock_keys(invocation, *options); });
    unlock
        .add_option("--passphrase-fd", options->passphrase_fd,
                    tr("read the passphrase from this file descriptor"))
        ->type_name("N");
    unlock.add_flag("--credential", options->by_credential,
                    tr("open it by the daemon's credential, once that is put right"));
    (void)add_command(keys, invocation, keys_lock_text, WithReader::no,
                      [&invocation] { return lock_keys(invocation); });
    add_key_store_commands(keys, invocation);
    add_ceremony_commands(keys, invocation);
    add_generation_command(keys, invocation);
    add_backup_commands(keys, invocation);
    add_rotation_commands(keys, invocation);
    add_terminal_key_commands(keys, invocation);
    add_minutes_commands(keys, invocation);
}

} // namespace cli
