#include "keys/remote/json_fields.hpp"

#include "keys/remote/pin_digits.hpp"

#include "keys/hex_text.hpp"

namespace keys::remote {

void FieldWriter::bytes(char const* name, std::span<std::uint8_t const> value) {
    object_[name] = hex_of(value);
}

void FieldWriter::pin(char const* name, std::optional<Pin> const& value) {
    apdu::require(value.has_value());
    object_[name] = digits_of(*value).content();
}

Json const* FieldReader::member(char const* name) {
    auto const found = object_.is_object() ? object_.find(name) : object_.end();
    if (!object_.is_object() || found == object_.end()) {
        refuse();
        return nullptr;
    }
    ++read_;
    return &*found;
}

std::string const* FieldReader::string(char const* name) {
    Json const* const value = member(name);
    if (value == nullptr || !value->is_string()) {
        refuse();
        return nullptr;
    }
    return value->get_ptr<std::string const*>();
}

std::optional<std::uint64_t> FieldReader::whole_number(char const* name, std::uint64_t max) {
    Json const* const value = member(name);
    if (value == nullptr || !value->is_number_unsigned() || value->get<std::uint64_t>() > max) {
        refuse();
        return std::nullopt;
    }
    return value->get<std::uint64_t>();
}

void FieldReader::flag(char const* name, bool& into) {
    Json const* const value = member(name);
    if (value == nullptr || !value->is_boolean()) {
        refuse();
        return;
    }
    into = value->get<bool>();
}

void FieldReader::text(char const* name, std::string& into, std::size_t size_max) {
    std::string const* const value = string(name);
    if (value == nullptr || value->size() > size_max) {
        refuse();
        return;
    }
    into = *value;
}

void FieldReader::bytes(char const* name, std::span<std::uint8_t> into) {
    std::string const* const value = string(name);
    if (value == nullptr || !read_hex(*value, into)) {
        refuse();
    }
}

void FieldReader::data(char const* name, std::vector<std::uint8_t>& into, std::size_t max) {
    std::string const* const value = string(name);
    if (value == nullptr || value->size() % 2 != 0 || value->size() / 2 > max) {
        refuse();
        return;
    }
    into.resize(value->size() / 2);
    if (!read_hex(*value, into)) {
        refuse();
    }
}

void FieldReader::key(char const* name, apdu::KeyName& into) {
    std::string const* const value = string(name);
    auto const found = value == nullptr ? std::nullopt : apdu::key_name_from_text(*value);
    if (!found) {
        refuse();
        return;
    }
    into = *found;
}

void FieldReader::pin(char const* name, std::optional<Pin>& into) {
    std::string const* const value = string(name);
    if (value == nullptr) {
        return;
    }
    auto pin = Pin::from_digits(*value);
    if (!pin.ok()) {
        refuse();
        return;
    }
    into.emplace(std::move(pin).value());
}

std::optional<Json> parse_message(std::string_view text) {
    if (text.size() > message_size_max) {
        return std::nullopt;
    }
    try {
        bool is_too_deep = false;
        auto const watch_depth = [&](int depth, Json::parse_event_t, Json const&) {
            is_too_deep = is_too_deep || depth > message_depth_max;
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

WipedText message_text(Json json) {
    WipedText text{json.dump(-1, ' ', false, Json::error_handler_t::replace)};
    wipe_strings(json);
    return text;
}

void wipe_strings(Json& json) {
    std::vector<Json*> open{&json};
    while (!open.empty()) {
        Json& value = *open.back();
        open.pop_back();
        if (auto* const text = value.get_ptr<std::string*>()) {
            wipe({reinterpret_cast<std::uint8_t*>(text->data()), text->size()});
        } else if (value.is_structured()) {
            for (Json& child : value) {
                open.push_back(&child);
            }
        }
    }
}

std::string hex_of(std::span<std::uint8_t const> bytes) {
    std::string text(2 * bytes.size(), '0');
    write_hex(bytes, text);
    return text;
}

} // namespace keys::remote
