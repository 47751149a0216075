#include "host/cli/commands.hpp"
#include "host/cli/input_file.hpp"
#include "host/cli/language.hpp"

#include "host/api/base64.hpp"
#include "host/api/file_messages.hpp"

#include <memory>

namespace cli {
namespace {

constexpr CommandText write_text{
    "write", translatable("write one item, a cyclic record or a transparent file"),
    translatable(
        "Writes with the file's key, and reads back what was written.\n"
        "An empty value sets the item back to its unpersonalized form.\n"
        "\n"
        "Examples:\n"
        "  sscard card write residence phone 02012345678\n"
        "  sscard card write education degree --occurrence 2 --part degree_code=203 \\\n"
        "      --part major=081200 --part school=某大学    a constructed item, all its parts\n"
        "  sscard card write special_settlements --append --part sequence=1 \\\n"
        "      --part settlement_class=2                 a record of a cyclic file\n"
        "  sscard card write photo --bytes-from photo.jpg\n")};

struct WriteOptions {
    std::string file{};
    std::optional<std::string> item{};
    std::optional<std::string> value{};
    std::uint32_t occurrence = 1;
    bool append = false;
    std::vector<std::string> parts{};
    std::optional<std::string> bytes_from{};
};

api::Fault misuse(std::string detail) {
    return api::fault(api::code::request_invalid, std::move(detail));
}

/// What was given besides the file must be one of the three things that can be written.
bool is_clear(WriteOptions const& options) {
    bool const has_item = options.item.has_value();
    bool const has_parts = !options.parts.empty();
    if (options.bytes_from) {
        return !has_item && !has_parts && !options.append;
    }
    if (options.append) {
        return !has_item && has_parts;
    }
    return has_item && options.value.has_value() != has_parts;
}

api::Outcome<api::FileWriteRequest> request_of(Invocation const& invocation,
                                               WriteOptions const& options) {
    if (!is_clear(options)) {
        return misuse(tr("give ITEM VALUE, ITEM with --part, --append with --part, or "
                         "--bytes-from"));
    }
    api::FileWriteRequest request;
    request.reader = invocation.reader;
    request.file = options.file;
    request.item = options.item;
    request.occurrence = options.occurrence;
    request.value = options.value;
    for (std::string const& part : options.parts) {
        std::size_t const mark = part.find('=');
        if (mark == std::string::npos) {
            return misuse("--part " + part);
        }
        request.parts[part.substr(0, mark)] = part.substr(mark + 1);
    }
    if (options.bytes_from) {
        auto const bytes = read_input(*options.bytes_from, invocation.surroundings().in);
        if (!bytes.ok()) {
            return bytes.error();
        }
        request.bytes = api::base64_text(
            {reinterpret_cast<std::uint8_t const*>(bytes.value().data()), bytes.value().size()});
    }
    return request;
}

ExitCode write(Invocation const& invocation, WriteOptions const& options) {
    auto const request = request_of(invocation, options);
    if (!request.ok()) {
        return invocation.refuse(request.error());
    }
    auto const written = invocation.client().ask(request.value());
    if (!written.ok()) {
        return invocation.refuse(written.error());
    }
    invocation.note_test_keys(written.value().test_keys);
    if (invocation.json) {
        invocation.print(api::to_json(written.value()));
        return ExitCode::done;
    }
    api::Written const& what = written.value();
    std::string const name = what.item.empty() ? what.name : what.name + " " + what.item;
    char const* const sentence =
        what.read_back ? translatable("Written and read back: {1} ({2}), {3} bytes.")
                       : translatable("Written: {1} ({2}), {3} bytes; it cannot be read back.");
    invocation.out() << tr_with(sentence, {name, what.path, std::to_string(what.size)}) << '\n';
    return ExitCode::done;
}

} // namespace

void add_write_command(CLI::App& card, Invocation& invocation) {
    auto const options = std::make_shared<WriteOptions>();
    CLI::App& command = add_command(card, invocation, write_text, WithReader::yes,
                                    [&invocation, options] { return write(invocation, *options); });
    command.add_option("file", options->file, tr("the file's name or path"))
        ->type_name("FILE")
        ->required();
    command.add_option("item", options->item, tr("the item's name"))->type_name("ITEM");
    command.add_option("value", options->value, tr("its value; dates as 2024-01-31"))
        ->type_name("VALUE");
    command
        .add_option("--occurrence", options->occurrence,
                    tr("which one, of an item that the file holds several times"))
        ->type_name("N");
    command
        .add_option("--part", options->parts,
                    tr("a part of a constructed item, or a field of a cyclic record"))
        ->type_name("NAME=VALUE")
        ->expected(1)
        ->take_all();
    command.add_flag("--append", options->append, tr("add a record to a cyclic file"));
    command
        .add_option("--bytes-from", options->bytes_from,
                    tr("write this file's bytes to a transparent file; - for standard input"))
        ->type_name("PATH");
}

} // namespace cli
