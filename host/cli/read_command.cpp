#include "host/cli/commands.hpp"
#include "host/cli/current_pin.hpp"
#include "host/cli/file_output.hpp"
#include "host/cli/language.hpp"

#include <memory>

namespace cli {
namespace {

constexpr CommandText read_text{
    "read", translatable("read a file of the card, one item of it, or all files"),
    translatable("A file is named as in the standard's tables (residence) or by its path "
                 "(DF01/EF06).\n"
                 "Where a file may be read with the PIN or with a key, the installed key is "
                 "used first.\n"
                 "\n"
                 "Examples:\n"
                 "  sscard card read SSSE/EF06           the holder's basic data\n"
                 "  sscard card read residence phone     one item\n"
                 "  sscard card read --all --json        every file, a JSON array\n"
                 "  sscard card read DF04/EF08 --ask-pin a file that needs the holder's PIN\n")};

struct ReadOptions {
    std::string file{};
    std::string item{};
    bool all = false;
    bool ask_pin = false;
    std::optional<unsigned> pin_fd{};
    bool spend_last_try = false;
};

ExitCode read(Invocation const& invocation, ReadOptions const& options) {
    if (options.file.empty() != options.all) {
        return invocation.refuse(api::fault(api::code::request_invalid, tr("FILE or --all")));
    }
    api::FileReadRequest request;
    request.reader = invocation.reader;
    if (!options.all) {
        request.file = options.file;
    }
    if (!options.item.empty()) {
        request.item = options.item;
    }
    request.spend_last_try = options.spend_last_try;
    if (options.ask_pin || options.pin_fd) {
        auto pin = current_pin(invocation, options.pin_fd, options.spend_last_try);
        if (!pin.ok()) {
            return invocation.refuse(pin.error());
        }
        request.pin = std::move(pin).value();
    }
    auto const contents = invocation.client().ask(request);
    if (!contents.ok()) {
        return invocation.refuse(contents.error());
    }
    invocation.note_test_keys(contents.value().test_keys);
    if (!invocation.json) {
        print_files(invocation.out(), contents.value());
    } else if (options.all || contents.value().files.empty()) {
        invocation.print(files_json(contents.value()));
    } else {
        invocation.print(files_json(contents.value()).front());
    }
    return ExitCode::done;
}

} // namespace

void add_read_command(CLI::App& card, Invocation& invocation) {
    auto const options = std::make_shared<ReadOptions>();
    CLI::App& command = add_command(card, invocation, read_text, WithReader::yes,
                                    [&invocation, options] { return read(invocation, *options); });
    command.add_option("file", options->file, tr("the file's name or path"))->type_name("FILE");
    command.add_option("item", options->item, tr("only this item"))->type_name("ITEM");
    command.add_flag("--all", options->all, tr("all files of the card"));
    command.add_flag("--ask-pin", options->ask_pin, tr("ask for the holder's PIN"));
    command
        .add_option("--pin-fd", options->pin_fd,
                    tr("read the PIN from this file descriptor, first line"))
        ->type_name("N");
    command.add_flag("--spend-last-try", options->spend_last_try,
                     tr("try the PIN even where a wrong one blocks the card"));
}

} // namespace cli
