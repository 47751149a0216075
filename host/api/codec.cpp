#include "host/api/decoder.hpp"

#include <algorithm>

namespace api {

std::string to_text(Json const& json, bool indented) {
    return json.dump(indented ? 2 : -1, ' ', false, Json::error_handler_t::replace);
}

std::optional<Json> parse_json(std::string_view text) {
    try {
        bool is_too_deep = false;
        auto const watch_depth = [&](int depth, Json::parse_event_t, Json const&) {
            is_too_deep = is_too_deep || depth > json_depth_max;
            return !is_too_deep;
        };
        Json json = Json::parse(text, watch_depth, false);
        if (is_too_deep || json.is_discarded()) {
            return std::nullopt;
        }
        return json;
    } catch (Json::exception const&) { // a number out of every range
        return std::nullopt;
    }
}

void wipe_strings(Json& json) {
    std::vector<Json*> open{&json}; // a stack of our own: a message may be nested at will
    while (!open.empty()) {
        Json& value = *open.back();
        open.pop_back();
        if (value.is_string()) {
            auto& text = value.get_ref<std::string&>();
            wipe_characters(text.data(), text.size());
        } else if (value.is_structured()) {
            for (Json& child : value) {
                open.push_back(&child);
            }
        }
    }
}

Json* ObjectDecoder::find(char const* name) {
    seen_.emplace_back(name);
    auto const found = object_.find(name);
    return found == object_.end() ? nullptr : &*found;
}

std::string ObjectDecoder::below(std::string_view name) const {
    std::string path = where_ + "/";
    for (char const c : name) { // RFC 6901
        if (c == '~') {
            path += "~0";
        } else if (c == '/') {
            path += "~1";
        } else {
            path += c;
        }
    }
    return path;
}

void ObjectDecoder::add(std::string where, char const* code, std::string detail) {
    problems_.push_back({std::move(where), code, std::move(detail)});
}

void ObjectDecoder::finish() {
    if (unknown_ == UnknownMembers::ignored) {
        return;
    }
    for (auto const& [name, value] : object_.items()) {
        if (std::find(seen_.begin(), seen_.end(), name) == seen_.end()) {
            add(below(name), "unknown_member", "");
        }
    }
}

void ObjectDecoder::read(Json& from, std::string const& where, bool& value) {
    if (!from.is_boolean()) {
        add(where, "wrong_type", "true or false");
        return;
    }
    value = from.get<bool>();
}

void ObjectDecoder::read(Json& from, std::string const& where, std::string& value) {
    if (!from.is_string()) {
        add(where, "wrong_type", "a string");
        return;
    }
    value = from.get_ref<std::string const&>();
}

void ObjectDecoder::read(Json& from, std::string const& where, PinText& value) {
    if (!from.is_string()) {
        add(where, "wrong_type", "a string of digits");
        return;
    }
    auto& text = from.get_ref<std::string&>();
    value = PinText{text};
    wipe_characters(text.data(), text.size());
}

void ObjectDecoder::read(Json& from, std::string const& where, SecretText& value) {
    if (!from.is_string()) {
        add(where, "wrong_type", "a string");
        return;
    }
    auto& text = from.get_ref<std::string&>();
    value = SecretText{text};
    wipe_characters(text.data(), text.size());
}

void ObjectDecoder::read(Json& from, std::string const& where, RecordText& value) {
    if (from.is_string()) {
        value.text = from.get_ref<std::string const&>();
    } else if (from.is_object()) {
        value.text = to_text(from);
    } else {
        add(where, "wrong_type", "an object, or a string with its text");
    }
}

void ObjectDecoder::read(Json& from, std::string const& /*where*/, JsonText& value) {
    value.text = to_text(from);
}

void ObjectDecoder::read(Json& from, std::string const& where,
                         std::map<std::string, std::string>& value) {
    if (!from.is_object()) {
        add(where, "wrong_type", "an object of strings");
        return;
    }
    for (auto const& [name, member] : from.items()) {
        if (member.is_string()) {
            value[name] = member.get_ref<std::string const&>();
        } else {
            add(where + std::string{"/"}.append(name), "wrong_type", "a string");
        }
    }
}

std::optional<std::uint64_t> ObjectDecoder::whole_number(Json const& from, std::string const& where,
                                                         std::uint64_t max) {
    if (!from.is_number_unsigned()) {
        add(where, from.is_number() ? "out_of_range" : "wrong_type",
            "a whole number from 0 to " + std::to_string(max));
        return std::nullopt;
    }
    auto const number = from.get<std::uint64_t>();
    if (number > max) {
        add(where, "out_of_range", "0 to " + std::to_string(max));
        return std::nullopt;
    }
    return number;
}

} // namespace api
