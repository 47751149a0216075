#include "host/cli/ceremony_talk.hpp"
#include "host/cli/commands.hpp"
#include "host/cli/input_file.hpp"
#include "host/cli/key_options.hpp"
#include "host/cli/language.hpp"
#include "host/cli/unfinished_file.hpp"

#include "host/api/base64.hpp"
#include "host/api/confirmed_act_messages.hpp"

#include <memory>

namespace cli {
namespace {

constexpr CommandText backup_text{
    "backup", translatable("seal a copy of all keys, to be opened by any K of its custodians"),
    translatable("Each custodian is shown a share once, alone, writes it down and types it back. "
                 "FILE is of no use\n"
                 "without K of the shares; fewer say nothing of the keys.\n"
                 "\n"
                 "Examples:\n"
                 "  sscard keys backup /media/usb/keys.backup --needed 2 --custodian 张三 \\\n"
                 "      --custodian 李四 --custodian 王五\n")};

constexpr CommandText restore_text{
    "restore", translatable("open a backup into an empty store, by K custodians"),
    translatable(
        "Make the store first: \"sscard keys create-store\".\n"
        "\n"
        "Examples:\n"
        "  sscard keys restore /media/usb/keys.backup --custodian 张三 --custodian 王五\n")};

constexpr CommandText destroy_text{
    "destroy", translatable("destroy a key of the store for good, confirmed by its custodians"),
    translatable(
        "Each custodian confirms the key's check value at the terminal. It is out of the sealed "
        "store and of\n"
        "FILE.previous then, or out of every token of the HSM; backups and copies that were made "
        "before hold it\n"
        "still, and are to be destroyed by hand. Cards under it cannot be served any more.\n"
        "\n"
        "Examples:\n"
        "  sscard keys destroy UKSSSE --algorithm 3DES --version 1 --check-value 08D7B4 "
        "\\\n"
        "      --custodian 张三 --custodian 李四 --reason \"version 2 is in all cards\"\n")};

struct BackupOptions {
    api::KeyBackupRequest backup{};
    api::KeyRestoreRequest restore{};
    api::KeyDestructionRequest destruction{};
    std::string file{};
    std::optional<unsigned> parts_fd{};
};

ExitCode make_backup(Invocation const& invocation, BackupOptions const& options) {
    // Its place is looked at first: nobody should write shares down for nothing.
    UnfinishedFile file{options.file};
    if (!file.is_open()) {
        return invocation.refuse(api::fault(api::code::output_failed, options.file));
    }
    auto const minutes =
        held_act(invocation, invocation.client().ask(options.backup), std::nullopt, true);
    if (!minutes.ok()) {
        return invocation.refuse(minutes.error());
    }
    auto const bytes = api::bytes_of_base64(minutes.value().file.value_or(""));
    if (!bytes || !file.finish(*bytes)) {
        return invocation.refuse(api::fault(api::code::output_failed, options.file));
    }
    return answer_with_minutes(invocation, minutes, tr("The backup is made."));
}

ExitCode restore_backup(Invocation const& invocation, BackupOptions& options) {
    auto const text = read_input(options.file, invocation.surroundings().in);
    if (!text.ok()) {
        return invocation.refuse(text.error());
    }
    options.restore.file = api::base64_text(
        {reinterpret_cast<std::uint8_t const*>(text.value().data()), text.value().size()});
    auto const minutes =
        held_act(invocation, invocation.client().ask(options.restore), options.parts_fd, false);
    return answer_with_minutes(invocation, minutes, tr("The keys of the backup are in the store."));
}

ExitCode destroy_key(Invocation const& invocation, BackupOptions const& options) {
    auto begun = invocation.client().ask(options.destruction);
    if (!begun.ok()) {
        return invocation.refuse(begun.error());
    }
    CeremonyTalk talk{invocation, std::move(begun).value(), std::nullopt};
    auto const minutes = talk.conclude();
    if (!minutes.ok()) {
        talk.abort(minutes.error().code);
    }
    ExitCode const code = answer_with_minutes(
        invocation, minutes, tr("The key is destroyed, wherever this daemon had it."));
    if (minutes.ok() && !invocation.json) {
        invocation.out() << tr("Backups and copies made before hold it still: destroy them too.")
                         << '\n';
    }
    return code;
}

void add_destruction(CLI::App& keys, Invocation& invocation) {
    auto const options = std::make_shared<BackupOptions>();
    CLI::App& destroy =
        add_command(keys, invocation, destroy_text, WithReader::no,
                    [&invocation, options] { return destroy_key(invocation, *options); });
    api::KeyDestructionRequest& request = options->destruction;
    add_known_key_options(destroy, {request.name, request.algorithm, request.version,
                                    request.check_value, request.id});
    destroy.add_flag("--despite-cards", request.despite_cards,
                     tr("also where live cards need it: they cannot be served then"));
    destroy.add_option("--reason", request.reason, tr("why, for the minutes"))
        ->required()
        ->type_name("TEXT");
    add_people(destroy, request.custodians, request.witnesses);
}

} // namespace

void add_backup_commands(CLI::App& keys, Invocation& invocation) {
    auto const options = std::make_shared<BackupOptions>();
    CLI::App& backup =
        add_command(keys, invocation, backup_text, WithReader::no,
                    [&invocation, options] { return make_backup(invocation, *options); });
    backup.add_option("FILE", options->file, tr("where the sealed copy goes"))
        ->required()
        ->type_name("PATH");
    backup.add_option("--needed", options->backup.needed, tr("how many custodians open it"))
        ->required()
        ->type_name("K");
    add_people(backup, options->backup.custodians, options->backup.witnesses);
    CLI::App& restore =
        add_command(keys, invocation, restore_text, WithReader::no,
                    [&invocation, options] { return restore_backup(invocation, *options); });
    restore.add_option("FILE", options->file, tr("the sealed copy"))->required()->type_name("PATH");
    add_people(restore, options->restore.custodians, options->restore.witnesses);
    restore
        .add_option("--parts-fd", options->parts_fd, tr("read the parts from this file descriptor"))
        ->type_name("N");
    add_destruction(keys, invocation);
}

} // namespace cli
