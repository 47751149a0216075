#include "host/virtual/json_members.hpp"
#include "host/virtual/memory_json.hpp"

namespace virtual_card {
namespace {

using nlohmann::json;

json json_of(TryCounter const& tries) { return {{"maximum", tries.maximum}, {"left", tries.left}}; }

json json_of(StoredKey const& key) {
    return {{"type", static_cast<std::uint8_t>(key.type)},
            {"id", key.id},
            {"version", key.version},
            {"tries", json_of(key.tries)},
            {"algorithm", key.algorithm},
            {"level", key.level},
            {"value", hex_from(key.value)}};
}

json json_of(StoredFile const& file) {
    json records = json::array();
    for (Bytes const& record : file.records) {
        records.push_back(hex_from(record));
    }
    return {{"fid", file.fid},
            {"sfi", file.sfi},
            {"kind", static_cast<std::uint8_t>(file.kind)},
            {"size", file.size},
            {"scw", file.scw},
            {"record_length", file.record_length},
            {"read_control", hex_from(file.read_control)},
            {"write_control", hex_from(file.write_control)},
            {"content", hex_from(file.content)},
            {"records", std::move(records)}};
}

json json_of(MedicalAccount const& account) {
    json object{{"online_counter", account.online_counter},
                {"offline_counter", account.offline_counter},
                {"balance", account.balance},
                {"year_self_paid", account.year_self_paid},
                {"year_pool", account.year_pool},
                {"year", account.year},
                {"starting_day", account.starting_day}};
    if (account.proof) {
        object["proof"] = {{"type", account.proof->type},
                           {"sequence", account.proof->sequence},
                           {"mac", hex_from(account.proof->mac)},
                           {"tac", hex_from(account.proof->tac)}};
    }
    return object;
}

json json_of(StoredDirectory const& directory);

template <typename T>
json array_of(std::vector<T> const& values) {
    json array = json::array();
    for (T const& value : values) {
        array.push_back(json_of(value));
    }
    return array;
}

json json_of(StoredDirectory const& directory) {
    json object{{"kind", static_cast<std::uint8_t>(directory.kind)},
                {"fid", directory.fid},
                {"name", hex_from(directory.name)},
                {"lock_level", directory.lock_level},
                {"block_reaches_mf", directory.block_reaches_mf},
                {"fci_sfi", directory.fci_sfi},
                {"key_sfi", directory.key_sfi},
                {"transaction_sfi", directory.transaction_sfi},
                {"is_open", directory.is_open},
                {"is_blocked", directory.is_blocked},
                {"keys", array_of(directory.keys)},
                {"files", array_of(directory.files)}};
    if (directory.parent) {
        object["parent"] = *directory.parent;
    }
    if (directory.account) {
        object["account"] = json_of(*directory.account);
    }
    return object;
}

} // namespace

json json_of(CardMemory const& memory) {
    return {{"algorithm", keys::to_text(memory.algorithm)},
            {"historical", hex_from(memory.historical)},
            {"transport_key",
             {{"value", hex_from(memory.transport_key.value)},
              {"tries", json_of(memory.transport_key.tries)}}},
            {"directories", array_of(memory.directories)},
            {"is_blocked", memory.is_blocked}};
}

} // namespace virtual_card
