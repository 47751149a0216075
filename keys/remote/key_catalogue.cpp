#include "keys/remote/key_catalogue.hpp"

#include "keys/remote/json_fields.hpp"

#include <algorithm>

namespace keys::remote {
namespace {

constexpr std::array<std::string_view, 3> state_names{"open", "locked", "unusable"};
constexpr std::size_t zeros_max = 16;

Json json_of(CatalogueKey const& key) {
    Json json = Json::object();
    FieldWriter fields{json};
    fields.key("name", key.name);
    fields.text("tier", key.tier);
    fields.text("algorithm", std::string{to_text(key.algorithm)});
    fields.number("version", key.version.value_or(0)); // 0: for any
    fields.number("size", key.size);
    fields.text("check_value", key.check_value);
    return json;
}

void read_algorithm(FieldReader& fields, Algorithm& into) {
    std::string text;
    fields.text("algorithm", text);
    auto const known = algorithm_from_text(text);
    if (!known) {
        fields.refuse();
        return;
    }
    into = *known;
}

std::optional<CatalogueKey> read_key(Json const& json) {
    FieldReader fields{json};
    CatalogueKey key;
    std::uint8_t version = 0;
    fields.key("name", key.name);
    fields.text("tier", key.tier);
    read_algorithm(fields, key.algorithm);
    fields.number("version", version);
    fields.number("size", key.size);
    fields.text("check_value", key.check_value);
    if (!fields.finish() || version > key_version_max) {
        return std::nullopt;
    }
    key.version = version == 0 ? std::nullopt : std::optional{version};
    return key;
}

std::optional<MadeOfZeros> read_zeros(Json const& json) {
    FieldReader fields{json};
    MadeOfZeros made;
    read_algorithm(fields, made.algorithm);
    fields.key("name", made.name);
    fields.bytes("data", made.data);
    return fields.finish() ? std::optional{made} : std::nullopt;
}

template <typename Value, typename Read>
bool read_list(FieldReader& from, char const* name, std::size_t max, std::vector<Value>& into,
               Read const& read) {
    Json const* const list = from.member(name);
    if (list == nullptr || !list->is_array() || list->size() > max) {
        return false;
    }
    for (Json const& json : *list) {
        auto value = read(json);
        if (!value) {
            return false;
        }
        into.push_back(std::move(*value));
    }
    return true;
}

} // namespace

CatalogueKey const* find_key(KeyCatalogue const& catalogue, Algorithm algorithm, KeyReference key) {
    CatalogueKey const* for_any = nullptr;
    if (key.version < 1 || key.version > key_version_max) {
        return nullptr;
    }
    for (CatalogueKey const& one : catalogue.keys) {
        if (one.name != key.name || one.algorithm != algorithm) {
            continue;
        }
        if (one.version == key.version) {
            return &one;
        }
        for_any = one.version ? for_any : &one;
    }
    return for_any;
}

WipedText encode(KeyCatalogue const& catalogue) {
    Json json = Json::object();
    FieldWriter fields{json};
    fields.text("state", std::string{state_names.at(static_cast<std::size_t>(catalogue.state))});
    fields.flag("test", catalogue.are_test_keys);
    json["keys"] = Json::array();
    for (CatalogueKey const& key : catalogue.keys) {
        json["keys"].push_back(json_of(key));
    }
    json["zeros"] = Json::array();
    for (MadeOfZeros const& made : catalogue.zeros) {
        Json one = Json::object();
        FieldWriter of_one{one};
        of_one.text("algorithm", std::string{to_text(made.algorithm)});
        of_one.key("name", made.name);
        of_one.bytes("data", made.data);
        json["zeros"].push_back(std::move(one));
    }
    return message_text(std::move(json));
}

std::optional<KeyCatalogue> parse_catalogue(std::string_view text) {
    auto const json = parse_message(text);
    if (!json) {
        return std::nullopt;
    }
    FieldReader fields{*json};
    KeyCatalogue catalogue;
    std::string state;
    fields.text("state", state);
    fields.flag("test", catalogue.are_test_keys);
    auto const known = std::find(state_names.begin(), state_names.end(), state);
    bool const are_read = read_list(fields, "keys", catalogue_keys_max, catalogue.keys, read_key) &&
                          read_list(fields, "zeros", zeros_max, catalogue.zeros, read_zeros);
    if (!are_read || known == state_names.end() || !fields.finish()) {
        return std::nullopt;
    }
    catalogue.state = static_cast<CatalogueState>(known - state_names.begin());
    return catalogue;
}

} // namespace keys::remote
