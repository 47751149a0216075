#include "tests/host/personalization/schema_validator.hpp"

#include <algorithm>
#include <regex>

namespace personalization {
namespace {

using Faults = std::vector<std::string>;

std::size_t character_count(std::string const& text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
    }));
}

bool is_type(Json const& value, std::string const& type) {
    return (type == "object" && value.is_object()) || (type == "array" && value.is_array()) ||
           (type == "string" && value.is_string());
}

bool text_fits(Json const& schema, std::string const& text) {
    if (schema.contains("enum") &&
        std::find(schema["enum"].begin(), schema["enum"].end(), text) == schema["enum"].end()) {
        return false;
    }
    bool const has_length = schema.value("minLength", std::size_t{0}) <= character_count(text) &&
                            character_count(text) <= schema.value("maxLength", std::size_t{65536});
    // Not for the base64 of a photo: std::regex recurses once a character.
    bool const is_matched = !schema.contains("pattern") || text.size() > 200 ||
                            std::regex_search(text, std::regex{schema["pattern"].get<std::string>(),
                                                               std::regex::ECMAScript});
    return has_length && is_matched;
}

Faults object_faults(Json const& schema, Json const& value, std::string const& where) {
    Faults faults;
    for (auto const& name : schema.value("required", Json::array())) {
        if (!value.contains(name.get<std::string>())) {
            faults.push_back(below(where, name.get<std::string>()));
        }
    }
    for (auto const& member : value.items()) {
        auto const known = schema["properties"].find(member.key());
        if (known == schema["properties"].end()) {
            faults.push_back(below(where, member.key()));
            continue;
        }
        Faults const inner = schema_faults(*known, member.value(), below(where, member.key()));
        faults.insert(faults.end(), inner.begin(), inner.end());
    }
    return faults;
}

Faults array_faults(Json const& schema, Json const& value, std::string const& where) {
    if (value.size() > schema["maxItems"].get<std::size_t>()) {
        return {where};
    }
    Faults faults;
    for (std::size_t i = 0; i < value.size(); ++i) {
        Faults const inner = schema_faults(schema["items"], value[i], below(where, i));
        faults.insert(faults.end(), inner.begin(), inner.end());
    }
    return faults;
}

} // namespace

Faults schema_faults(Json const& schema, Json const& value, std::string const& where) {
    if (!is_type(value, schema["type"].get<std::string>())) {
        return {where};
    }
    if (value.is_object()) {
        return object_faults(schema, value, where);
    }
    if (value.is_array()) {
        return array_faults(schema, value, where);
    }
    return text_fits(schema, value.get<std::string>()) ? Faults{} : Faults{where};
}

} // namespace personalization
