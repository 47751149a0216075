#include "host/virtual/json_members.hpp"
#include "host/virtual/memory_json.hpp"

#include "keys/card_key.hpp"

namespace virtual_card {
namespace {

using nlohmann::json;

constexpr std::size_t directories_max = 256;
constexpr std::size_t files_max = 256;
constexpr std::size_t keys_max = 256;
constexpr std::size_t record_size_max = 255;
constexpr std::size_t key_size_max = 16;
constexpr std::uint8_t nibble_max = 0x0F;

/// What is being read: its place, and the first fault of the whole document.
struct Source {
    json const* object;
    std::string where;
    std::string& fault;
    [[nodiscard]] JsonMembers members() const { return {*object, where, fault}; }
};

json const nothing = json::object();

Source below(Source const& source, JsonMembers& members, char const* name) {
    json const* const value = members.find(name);
    return {value == nullptr ? &nothing : value, source.where + "/" + name, source.fault};
}

TryCounter tries_from(Source const& source) {
    auto members = source.members();
    TryCounter const tries{static_cast<std::uint8_t>(members.number("maximum", nibble_max)),
                           static_cast<std::uint8_t>(members.number("left", nibble_max))};
    members.require_that(tries.left <= tries.maximum, "left");
    return tries;
}

bool is_known(KeyType type) {
    switch (type) {
    case KeyType::mk:
    case KeyType::pin:
    case KeyType::stk:
    case KeyType::dlk:
    case KeyType::dpk:
    case KeyType::dtk:
    case KeyType::external_authentication:
    case KeyType::irk:
        return true;
    }
    return false;
}

StoredKey key_from(Source const& source, keys::Algorithm algorithm) {
    auto members = source.members();
    StoredKey key{.type = static_cast<KeyType>(members.byte("type")),
                  .id = members.byte("id"),
                  .version = members.byte("version"),
                  .tries = tries_from(below(source, members, "tries")),
                  .algorithm = members.byte("algorithm"),
                  .level = members.byte("level"),
                  .value = members.bytes("value", key_size_max)};
    members.require_that(is_known(key.type), "type");
    // A torn PIN may be no number; it ends where its padding begins all the same.
    bool const is_sound = key.type == KeyType::pin
                              ? key.value.empty() || key.value.back() != 0xFF
                              : keys::cipher_kind(algorithm, key.value.size()).has_value();
    members.require_that(is_sound, "value");
    return key;
}

bool is_known(FileKind kind) {
    switch (kind) {
    case FileKind::internal:
    case FileKind::transparent:
    case FileKind::fixed_records:
    case FileKind::variable_records:
    case FileKind::cyclic:
    case FileKind::directory_list:
        return true;
    }
    return false;
}

std::vector<Bytes> records_from(JsonMembers& members) {
    std::vector<Bytes> records;
    json const* const array = members.array("records", records_max);
    for (std::size_t i = 0; array != nullptr && i < array->size(); ++i) {
        json const& element = (*array)[i];
        auto bytes = element.is_string() ? bytes_from_hex(element.get_ref<std::string const&>())
                                         : std::nullopt;
        bool const holds = bytes && !bytes->empty() && bytes->size() <= record_size_max;
        if (!holds) {
            members.require_that(false, "records");
            return {};
        }
        records.push_back(std::move(*bytes));
    }
    return records;
}

StoredFile file_from(Source const& source) {
    auto members = source.members();
    StoredFile file{.fid = members.word("fid"),
                    .sfi = static_cast<std::uint8_t>(members.number("sfi", sfi_max)),
                    .kind = static_cast<FileKind>(members.byte("kind")),
                    .size = members.word("size"),
                    .scw = members.byte("scw"),
                    .record_length = members.byte("record_length"),
                    .read_control = members.exactly<2>("read_control"),
                    .write_control = members.exactly<2>("write_control"),
                    .content = members.bytes("content", 0xFFFF),
                    .records = records_from(members)};
    members.require_that(is_known(file.kind), "kind");
    bool const is_transparent = file.kind == FileKind::transparent;
    members.require_that(file.content.size() == (is_transparent ? file.size : 0U), "content");
    members.require_that(!is_transparent || file.records.empty(), "records");
    return file;
}

MedicalAccount account_from(Source const& source) {
    constexpr std::uint32_t amount_max = 0xFFFFFFFF;
    auto members = source.members();
    MedicalAccount account{.online_counter = members.word("online_counter"),
                           .offline_counter = members.word("offline_counter"),
                           .balance = members.number("balance", amount_max),
                           .year_self_paid = members.number("year_self_paid", amount_max),
                           .year_pool = members.number("year_pool", amount_max),
                           .year = members.word("year"),
                           .starting_day = members.word("starting_day")};
    if (members.find("proof") != nullptr) {
        auto proof = below(source, members, "proof").members();
        account.proof = TransactionProof{.type = proof.byte("type"),
                                         .sequence = proof.word("sequence"),
                                         .mac = proof.exactly<4>("mac"),
                                         .tac = proof.exactly<4>("tac")};
    }
    return account;
}

template <typename Read>
auto list_from(Source const& source, char const* name, std::size_t count_max, Read const& read) {
    std::vector<decltype(read(source))> values;
    auto members = source.members();
    json const* const array = members.array(name, count_max);
    for (std::size_t i = 0; array != nullptr && i < array->size(); ++i) {
        values.push_back(read(Source{
            &(*array)[i], source.where + "/" + name + "/" + std::to_string(i), source.fault}));
    }
    return values;
}

StoredDirectory directory_from(Source const& source, keys::Algorithm algorithm) {
    auto members = source.members();
    StoredDirectory directory{.kind = static_cast<DirectoryKind>(members.number(
                                  "kind", static_cast<std::uint32_t>(DirectoryKind::adf))),
                              .fid = members.word("fid"),
                              .name = members.bytes("name", directory_name_size_max),
                              .parent = std::nullopt,
                              .lock_level = members.byte("lock_level"),
                              .block_reaches_mf = members.flag("block_reaches_mf"),
                              .fci_sfi = members.byte("fci_sfi"),
                              .key_sfi = members.byte("key_sfi"),
                              .transaction_sfi = members.byte("transaction_sfi"),
                              .is_open = members.flag("is_open"),
                              .is_blocked = members.flag("is_blocked")};
    if (members.find("parent") != nullptr) {
        directory.parent = members.number("parent", directories_max);
    }
    directory.keys = list_from(source, "keys", keys_max,
                               [&](Source const& key) { return key_from(key, algorithm); });
    directory.files = list_from(source, "files", files_max, file_from);
    if (members.find("account") != nullptr) {
        directory.account = account_from(below(source, members, "account"));
    }
    return directory;
}

/// The MF first and alone without one above; the others below an earlier one of the right kind.
bool is_tree(std::vector<StoredDirectory> const& directories) {
    for (std::size_t i = 0; i < directories.size(); ++i) {
        StoredDirectory const& directory = directories[i];
        if ((directory.kind == DirectoryKind::mf) != (i == 0) ||
            directory.parent.has_value() != (i != 0)) {
            return false;
        }
        if (i == 0) {
            continue;
        }
        auto const above =
            directory.kind == DirectoryKind::ddf ? DirectoryKind::mf : DirectoryKind::ddf;
        if (*directory.parent >= i || directories[*directory.parent].kind != above) {
            return false;
        }
    }
    return true;
}

/// SSF33 cards do not exist here. 3DES when the member is none.
keys::Algorithm algorithm_from(JsonMembers& members) {
    json const* const name = members.find("algorithm");
    for (auto const algorithm : {keys::Algorithm::des3, keys::Algorithm::sm4}) {
        if (name != nullptr && *name == keys::to_text(algorithm)) {
            return algorithm;
        }
    }
    members.require_that(false, "algorithm");
    return keys::Algorithm::des3;
}

} // namespace

apdu::Result<CardMemory, std::string> memory_from(json const& document) {
    std::string fault;
    Source const source{&document, "", fault};
    auto members = source.members();
    auto const algorithm = algorithm_from(members);
    if (!fault.empty()) {
        return fault;
    }
    CardMemory memory{.algorithm = algorithm,
                      .historical = members.exactly<13>("historical"),
                      .transport_key = {},
                      .is_blocked = members.flag("is_blocked")};
    Source const transport = below(source, members, "transport_key");
    auto transport_members = transport.members();
    memory.transport_key = {transport_members.bytes("value", key_size_max),
                            tries_from(below(transport, transport_members, "tries"))};
    memory.directories =
        list_from(source, "directories", directories_max,
                  [&](Source const& directory) { return directory_from(directory, algorithm); });
    members.require_that(is_tree(memory.directories), "directories");
    members.require_that(!memory.is_blocked || !memory.directories.empty(), "is_blocked");
    members.require_that(memory_size(memory) <= memory_size_max, "directories");
    if (!fault.empty()) {
        return fault;
    }
    return memory;
}

} // namespace virtual_card
