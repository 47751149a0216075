#include "host/cli/commands.hpp"
#include "host/cli/input_file.hpp"
#include "host/cli/key_options.hpp"
#include "host/cli/key_report.hpp"
#include "host/cli/language.hpp"
#include "host/cli/passphrase_entry.hpp"

#include "host/api/pin_text.hpp"

#include <algorithm>
#include <memory>

namespace cli {
namespace {

constexpr CommandText create_text{
    "create-store", translatable("make the sealed store that is configured, empty or from a file"),
    translatable("Asks twice for the passphrase, which nobody can recover: have it written down, "
                 "sealed and locked\n"
                 "away by two people. The file of --import is hex in JSON, as for keys.file; its "
                 "mark of test keys\n"
                 "becomes the store's.\n"
                 "\n"
                 "Examples:\n"
                 "  sscard keys create-store --import /media/usb/keys.json\n"
                 "  sscard keys create-store --credential     where one is configured\n")};

constexpr CommandText import_text{
    "import", translatable("take the keys of a file into the store, all or none"),
    translatable("Examples:\n"
                 "  sscard keys import /media/usb/more_keys.json\n")};

constexpr CommandText remove_text{
    "remove", translatable("take one key out of the store"),
    translatable(
        "The key's check value must be repeated. What stood in a sealed store before is kept "
        "beside it as\n"
        "FILE.previous: \"sscard keys destroy\" takes it out of both, with minutes. Out of an HSM "
        "it is gone at once.\n"
        "\n"
        "Examples:\n"
        "  sscard keys remove BK --algorithm SM4 --check-value 2677F4\n"
        "  sscard keys remove UKSSSE --algorithm 3DES --version 2 --check-value 08D7B4\n")};

constexpr CommandText passphrase_text{
    "passphrase", translatable("seal the store by another passphrase"),
    translatable("With --passphrase-fd the first line is the old passphrase and the second the new "
                 "one. FILE.previous\n"
                 "still opens with the old one: destroy it when that is known to others.\n")};

struct StoreOptions {
    std::optional<unsigned> passphrase_fd{};
    std::string file{};
    bool by_credential = false;
    bool test = false;
    api::KeyRemovalRequest removal{};
};

/// The file's text; the copy that it was read into is wiped.
api::Outcome<api::SecretText> key_file_text(Invocation const& invocation, std::string const& path) {
    auto read = read_input(path, invocation.surroundings().in);
    if (!read.ok()) {
        return read.error();
    }
    std::string text = std::move(read).value();
    api::SecretText secret{text};
    api::wipe_characters(text.data(), text.size());
    return secret;
}

void say_destroy(Invocation const& invocation, std::string const& path) {
    if (!path.empty() && !invocation.json) {
        invocation.out() << tr_with("The keys lie in {1} in the clear still: destroy that file and "
                                    "every copy of it now.",
                                    {path})
                         << '\n';
    }
}

ExitCode create_store(Invocation const& invocation, StoreOptions const& options) {
    api::KeyStoreCreationRequest request;
    request.test = options.test;
    if (!options.file.empty()) {
        auto text = key_file_text(invocation, options.file);
        if (!text.ok()) {
            return invocation.refuse(text.error());
        }
        request.key_file = std::move(text).value();
    }
    if (!options.by_credential) {
        auto given = new_passphrase(invocation, options.passphrase_fd);
        if (!given.ok()) {
            return invocation.refuse(given.error());
        }
        request.passphrase = std::move(given).value();
    }
    auto const report = invocation.client().ask(request);
    ExitCode const code = answer_with_keys(invocation, report, tr("The store is made, and open."));
    if (report.ok()) {
        say_destroy(invocation, options.file);
    }
    return code;
}

ExitCode import_keys(Invocation const& invocation, StoreOptions const& options) {
    auto text = key_file_text(invocation, options.file);
    if (!text.ok()) {
        return invocation.refuse(text.error());
    }
    auto const report = invocation.client().ask(api::KeysImportRequest{std::move(text).value()});
    ExitCode const code = answer_with_keys(invocation, report, tr("The keys are in the store."));
    if (report.ok()) {
        say_destroy(invocation, options.file);
    }
    return code;
}

ExitCode remove_key(Invocation const& invocation, StoreOptions& options) {
    std::string& value = options.removal.check_value;
    std::transform(value.begin(), value.end(), value.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return answer_with_keys(invocation, invocation.client().ask(options.removal),
                            tr("The key is out of the store."));
}

ExitCode change_passphrase(Invocation const& invocation, StoreOptions const& options) {
    auto old_one = passphrase(invocation, options.passphrase_fd, translatable("Old passphrase: "));
    if (!old_one.ok()) {
        return invocation.refuse(old_one.error());
    }
    auto new_one = new_passphrase(invocation, options.passphrase_fd);
    if (!new_one.ok()) {
        return invocation.refuse(new_one.error());
    }
    api::PassphraseChangeRequest const request{std::move(old_one).value(),
                                               std::move(new_one).value()};
    return answer_with_keys(invocation, invocation.client().ask(request),
                            tr("The store is sealed by the new passphrase."));
}

void add_passphrase_option(CLI::App& command, StoreOptions& options) {
    command
        .add_option("--passphrase-fd", options.passphrase_fd,
                    tr("read the passphrase from this file descriptor"))
        ->type_name("N");
}

void add_removal(CLI::App& keys, Invocation& invocation) {
    auto const options = std::make_shared<StoreOptions>();
    CLI::App& remove =
        add_command(keys, invocation, remove_text, WithReader::no,
                    [&invocation, options] { return remove_key(invocation, *options); });
    api::KeyRemovalRequest& removal = options->removal;
    add_known_key_options(remove, {removal.name, removal.algorithm, removal.version,
                                   removal.check_value, removal.id});
}

} // namespace

void add_key_store_commands(CLI::App& keys, Invocation& invocation) {
    auto const options = std::make_shared<StoreOptions>();
    CLI::App& create =
        add_command(keys, invocation, create_text, WithReader::no,
                    [&invocation, options] { return create_store(invocation, *options); });
    add_passphrase_option(create, *options);
    create.add_option("--import", options->file, tr("file of the keys that it begins with"))
        ->type_name("PATH");
    create.add_flag("--test", options->test, tr("an empty store is for test keys"));
    create.add_flag("--credential", options->by_credential,
                    tr("seal it by the daemon's credential instead of a passphrase"));
    CLI::App& import =
        add_command(keys, invocation, import_text, WithReader::no,
                    [&invocation, options] { return import_keys(invocation, *options); });
    import.add_option("FILE", options->file, tr("a key file, hex in JSON"))
        ->required()
        ->type_name("PATH");
    CLI::App& change =
        add_command(keys, invocation, passphrase_text, WithReader::no,
                    [&invocation, options] { return change_passphrase(invocation, *options); });
    add_passphrase_option(change, *options);
    add_removal(keys, invocation);
}

} // namespace cli
