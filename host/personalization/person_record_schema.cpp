#include "host/personalization/person_record_schema.hpp"

#include "host/personalization/card_items.hpp"
#include "host/personalization/item_problem.hpp"
#include "host/personalization/json_text.hpp"

#include "apdu/name_items.hpp"

#include <algorithm>

namespace personalization {
namespace {

using apdu::Content;
using apdu::FileType;

std::string exactly(std::string_view characters, std::size_t count) {
    return std::string{characters} + "{" + std::to_string(count) + "}";
}
std::string up_to(std::string_view characters, std::size_t count) {
    return std::string{characters} + "{1," + std::to_string(count) + "}";
}

/// Digits that an item has room for.
std::size_t digits_of(apdu::Item const& item) {
    return item.format == apdu::Format::cn ? std::size_t{item.size} * 2 : item.size;
}

/// The form of an item's text as a regular expression; empty for free text.
std::string pattern_of(apdu::Item const& item) {
    switch (item.content) {
    case Content::text:
    case Content::code:
        return {};
    case Content::digits:
        return up_to("[0-9]", digits_of(item));
    case Content::fixed_digits:
        return exactly("[0-9]", digits_of(item));
    case Content::ascii:
        return up_to("[ -~]", item.size);
    case Content::date:
        return "[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{8}";
    case Content::region:
        return exactly("[0-9]", 6);
    case Content::number:
        return "[0-9]+";
    case Content::opaque:
        return exactly("[0-9A-Fa-f]", std::size_t{item.size} * 2);
    case Content::id_number:
        return "[0-9]{17}[0-9X]|[A-Z][0-9A-Z]{0,17}"; // the second: an assigned one
    case Content::card_number:
        return "[A-Z][0-9A-Z]{7}[0-9X]";
    case Content::card_id:
        return exactly("[0-9A-Fa-f]", std::size_t{item.size} * 2);
    case Content::spec_version:
        return "[0-9]\\.[0-9]{2}";
    case Content::date_time:
        return "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}|[0-9]{14}";
    }
    return {};
}

Json object_schema(std::span<apdu::Item const> items, std::span<std::uint8_t const> required);

/// One value of an item. An item that may be left out may also be told as an empty text.
Json value_schema(apdu::Item const& item, bool is_required) {
    if (item.format == apdu::Format::tlv) {
        return object_schema(item.parts, {});
    }
    Json schema{{"type", "string"}};
    if (item.content == Content::code) {
        Json codes = Json::array();
        for (std::string const& code : codes_of(item)) {
            codes.push_back(code);
        }
        if (!is_required) {
            codes.push_back("");
        }
        schema["enum"] = std::move(codes);
    } else if (item.content == Content::text) {
        bool const goes_on = &item == &item_of(ssse_file(holder_data_fid), item_tag::name);
        std::size_t const size =
            goes_on ? apdu::name_size + apdu::name_extension_size : std::size_t{item.size};
        schema["maxLength"] = size;
        schema["$comment"] =
            "at most " + std::to_string(size) + " bytes on the card; a Chinese character has 2";
        if (is_required) {
            schema["minLength"] = 1;
        }
    } else {
        schema["pattern"] = "^(" + pattern_of(item) + (is_required ? ")$" : "|)$");
    }
    return schema;
}

Json item_schema(apdu::Item const& item, bool is_required) {
    Json schema = value_schema(item, is_required);
    if (item.occurrences > 1) {
        schema = {{"type", "array"}, {"maxItems", item.occurrences}, {"items", std::move(schema)}};
    }
    if (!item.label_zh.empty()) {
        schema["title"] = item.label_zh;
    }
    return schema;
}

Json object_schema(std::span<apdu::Item const> items, std::span<std::uint8_t const> required) {
    Json properties = Json::object();
    Json names = Json::array();
    for (apdu::Item const& item : items) {
        bool const is_required =
            std::find(required.begin(), required.end(), item.tag) != required.end();
        properties[std::string{item.name}] = item_schema(item, is_required);
        if (is_required) {
            names.push_back(item.name);
        }
    }
    Json schema{{"type", "object"}, {"additionalProperties", false}};
    if (!names.empty()) {
        schema["required"] = std::move(names);
    }
    schema["properties"] = std::move(properties);
    return schema;
}

/// Base64 of at most the file's bytes.
Json transparent_schema(apdu::ElementaryFile const& file) {
    std::size_t const groups = (std::size_t{file.size} + 2) / 3;
    return {{"type", "string"},
            {"contentEncoding", "base64"},
            {"pattern", "^([0-9A-Za-z+/]{4})*([0-9A-Za-z+/]{2}==|[0-9A-Za-z+/]{3}=)?$"},
            {"maxLength", groups * 4},
            {"$comment", "at most " + std::to_string(file.size) + " bytes"}};
}

std::vector<std::uint8_t> required_tags(apdu::Directory directory, std::uint16_t fid) {
    std::vector<std::uint8_t> tags;
    for (SsseItem const& item : required_items) {
        if (directory == apdu::Directory::ssse && item.fid == fid) {
            tags.push_back(item.tag);
        }
    }
    return tags;
}

Json file_schema(apdu::DedicatedFile const& directory, apdu::ElementaryFile const& file) {
    Json schema;
    switch (file.type) {
    case FileType::transparent:
        schema = transparent_schema(file);
        break;
    case FileType::cyclic:
        schema = {{"type", "array"},
                  {"$comment", "newest first"},
                  {"maxItems", file.records},
                  {"items", object_schema(file.items, {})}};
        break;
    case FileType::variable_records:
    case FileType::fixed_records:
        schema = object_schema(file.items, required_tags(directory.directory, file.fid));
        break;
    }
    std::string title{apdu::path_of({&directory, &file}).view()};
    schema["title"] = title + (file.label_zh.empty() ? "" : " ") + std::string{file.label_zh};
    return schema;
}

} // namespace

std::string person_record_schema() {
    Json properties = Json::object();
    for (apdu::DedicatedFile const& directory : record_layout().directories) {
        for (apdu::ElementaryFile const& file : directory.files) {
            if (is_writable(file)) {
                properties[std::string{file.name}] = file_schema(directory, file);
            }
        }
    }
    Json const schema{
        {"$schema", "https://json-schema.org/draft/2020-12/schema"},
        {"title", "A person's record for the personalization of a social security card"},
        {"type", "object"},
        {"additionalProperties", false},
        {"required", {ssse_file(issuer_data_fid).name, ssse_file(holder_data_fid).name}},
        {"properties", std::move(properties)},
    };
    return schema.dump(2) + "\n";
}

} // namespace personalization
