#include "host/cli/ceremony_talk.hpp"
#include "host/cli/commands.hpp"
#include "host/cli/input_file.hpp"
#include "host/cli/language.hpp"
#include "host/cli/unfinished_file.hpp"

#include "host/api/base64.hpp"

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

struct BackupOptions {
    api::KeyBackupRequest backup{};
    api::KeyRestoreRequest restore{};
    std::string file{};
    std::optional<unsigned> parts_fd{};
};

/// All of an act that was begun.
api::Outcome<api::MinutesDocument> held_act(Invocation const& invocation,
                                            api::Outcome<api::Ceremony> begun,
                                            std::optional<unsigned> descriptor, bool with_showing) {
    if (!begun.ok()) {
        return begun.error();
    }
    CeremonyTalk talk{invocation, std::move(begun).value(), descriptor};
    if (auto const fault = talk.gather(with_showing)) {
        talk.abort(fault->code);
        return *fault;
    }
    auto minutes = talk.conclude();
    if (!minutes.ok()) {
        talk.abort(minutes.error().code);
    }
    return minutes;
}

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
}

} // namespace cli
