#pragma once

#include "host/api/pin_text.hpp"
#include "host/api/secret_text.hpp"
#include "host/api/value_types.hpp"

#include <nlohmann/json.hpp>

#include <concepts>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

namespace api {

using Json = nlohmann::ordered_json;

class ObjectEncoder;

/// A struct that names its members once, for both directions, in `describe(fields, self)`.
template <typename T>
concept Described = requires(ObjectEncoder& fields, T const& message) {
    T::describe(fields, message);
};

/// The JSON value of a member's type.
template <typename T>
requires std::integral<T> || std::same_as<T, std::string>
[[nodiscard]] Json to_json_value(T const& value) { return Json(value); }
template <typename E>
requires std::is_enum_v<E>
[[nodiscard]] Json to_json_value(E value) { return Json(std::string{name_of(value)}); }
[[nodiscard]] inline Json to_json_value(std::map<std::string, std::string> const& value) {
    return Json(value);
}
[[nodiscard]] inline Json to_json_value(PinText const& value) {
    return Json(std::string{value.typed()});
}
[[nodiscard]] inline Json to_json_value(SecretText const& value) {
    return Json(std::string{value.given()});
}
[[nodiscard]] inline Json to_json_value(RecordText const& value) { return Json(value.text); }
[[nodiscard]] inline Json to_json_value(JsonText const& value) {
    return Json::parse(value.text, nullptr, false);
}
template <typename T>
[[nodiscard]] Json to_json_value(std::vector<T> const& values);
template <Described T>
[[nodiscard]] Json to_json_value(T const& message);

/// Writes the members of a message into a JSON object, in their order.
class ObjectEncoder {
public:
    /// A member that is always there.
    template <typename T>
    void required(char const* name, T const& value) {
        object_[name] = to_json_value(value);
    }
    /// A member with a default: written all the same.
    template <typename T>
    void optional(char const* name, T const& value) {
        required(name, value);
    }
    /// A member that is left out when it is empty.
    template <typename T>
    void optional(char const* name, std::optional<T> const& value) {
        if (value.has_value()) {
            required(name, *value);
        }
    }
    /// A member that is null when it is empty.
    template <typename T>
    void nullable(char const* name, std::optional<T> const& value) {
        object_[name] = value.has_value() ? to_json_value(*value) : Json(nullptr);
    }

    /// The object; the encoder is empty afterwards.
    [[nodiscard]] Json take() { return std::move(object_); }

private:
    Json object_ = Json::object();
};

/// A list as a JSON array.
template <typename T>
Json to_json_value(std::vector<T> const& values) {
    Json array = Json::array();
    for (T const& value : values) {
        array.push_back(to_json_value(value));
    }
    return array;
}

/// A message inside a message.
template <Described T>
Json to_json_value(T const& message) {
    ObjectEncoder fields;
    T::describe(fields, message);
    return fields.take();
}

/// A message as JSON.
template <Described T>
[[nodiscard]] Json to_json(T const& message) {
    return to_json_value(message);
}

/// A JSON value as UTF-8 text on one line, or indented. Bytes that are no UTF-8 become U+FFFD.
[[nodiscard]] std::string to_text(Json const& json, bool indented = false);

} // namespace api
