#pragma once

#include "host/api/encoder.hpp"
#include "host/api/fault.hpp"
#include "host/api/outcome.hpp"

#include <limits>

namespace api {

/// Whether a member that a message does not have is a fault: in requests it is, so that a misspelt
/// one is never ignored; in replies it is not, so that an older client reads a newer daemon.
enum class UnknownMembers : std::uint8_t { refused, ignored };

/// Reads the members of a message from a JSON object and lists everything that is wrong with it.
/// Problem codes: missing, wrong_type, out_of_range, unknown_value, unknown_member, malformed.
class ObjectDecoder {
public:
    /// `object` is altered: text that held a PIN is wiped. `where` is its JSON pointer.
    ObjectDecoder(Json& object, std::string where, UnknownMembers unknown,
                  std::vector<Problem>& problems)
        : object_{object}, where_{std::move(where)}, unknown_{unknown}, problems_{problems} {}

    /// A member that must be there.
    template <typename T>
    void required(char const* name, T& value) {
        if (Json* const member = find(name)) {
            read(*member, below(name), value);
        } else {
            add(below(name), "missing", "");
        }
    }
    /// A member that keeps its value when it is not there.
    template <typename T>
    void optional(char const* name, T& value) {
        if (Json* const member = find(name)) {
            read(*member, below(name), value);
        }
    }
    /// A member that may be left out, or be null.
    template <typename T>
    void optional(char const* name, std::optional<T>& value) {
        nullable(name, value);
    }
    /// A member that may be null, or be left out.
    template <typename T>
    void nullable(char const* name, std::optional<T>& value) {
        Json* const member = find(name);
        if (member == nullptr || member->is_null()) {
            value.reset();
            return;
        }
        read(*member, below(name), value.emplace());
    }
    /// After all members: the object holds nothing else, unless that is ignored.
    void finish();

private:
    [[nodiscard]] Json* find(char const* name);
    [[nodiscard]] std::string below(std::string_view name) const;
    void add(std::string where, char const* code, std::string detail);

    void read(Json& from, std::string const& where, bool& value);
    void read(Json& from, std::string const& where, std::string& value);
    void read(Json& from, std::string const& where, PinText& value);
    void read(Json& from, std::string const& where, SecretText& value);
    void read(Json& from, std::string const& where, RecordText& value);
    void read(Json& from, std::string const& where, JsonText& value);
    void read(Json& from, std::string const& where, std::map<std::string, std::string>& value);
    [[nodiscard]] std::optional<std::uint64_t>
    whole_number(Json const& from, std::string const& where, std::uint64_t max);

    template <std::unsigned_integral T>
    void read(Json& from, std::string const& where, T& value) {
        if (auto const number = whole_number(from, where, std::numeric_limits<T>::max())) {
            value = static_cast<T>(*number);
        }
    }
    template <typename E>
    requires std::is_enum_v<E>
    void read(Json& from, std::string const& where, E& value) {
        std::string text;
        read(from, where, text);
        std::string known;
        for (auto const& row : enum_names(value)) {
            if (row.name == text) {
                value = row.value;
                return;
            }
            known.append(known.empty() ? "" : ", ").append(row.name);
        }
        add(where, "unknown_value", "one of " + known);
    }
    template <typename T>
    void read(Json& from, std::string const& where, std::vector<T>& values) {
        if (!from.is_array()) {
            add(where, "wrong_type", "an array");
            return;
        }
        for (std::size_t i = 0; i < from.size(); ++i) {
            read(from[i], where + "/" + std::to_string(i), values.emplace_back());
        }
    }
    template <Described T>
    void read(Json& from, std::string const& where, T& message) {
        if (!from.is_object()) {
            add(where, "wrong_type", "an object");
            return;
        }
        ObjectDecoder fields{from, where, unknown_, problems_};
        T::describe(fields, message);
        fields.finish();
    }

    template <Described T>
    friend void read_message(Json&, UnknownMembers, T&, std::vector<Problem>&);

    Json& object_;
    std::string where_;
    UnknownMembers unknown_;
    std::vector<Problem>& problems_;
    std::vector<std::string> seen_{};
};

/// Reads a whole message. What is wrong is added to `problems`; `message` is then half filled.
template <Described T>
void read_message(Json& json, UnknownMembers unknown, T& message, std::vector<Problem>& problems) {
    ObjectDecoder top{json, "", unknown, problems};
    top.read(json, "", message);
}

/// How deep a message's objects and arrays may be nested.
inline constexpr int json_depth_max = 32;

/// Text as JSON; nothing where it is none, is nested over json_depth_max deep, or holds a number
/// that no type can.
[[nodiscard]] std::optional<Json> parse_json(std::string_view text);

/// Overwrites every string of a JSON value: it may have held a PIN.
void wipe_strings(Json& json);

/// The message that `text` holds. Fault: `fault_code` with every problem; where the text is no
/// JSON, one problem of the code malformed.
template <Described T>
[[nodiscard]] Outcome<T> decode(std::string_view text, UnknownMembers unknown,
                                std::string_view fault_code) {
    auto json = parse_json(text);
    Fault invalid = fault(fault_code);
    if (!json) {
        invalid.problems.push_back({"", "malformed", "no JSON"});
        return invalid;
    }
    T message;
    read_message(*json, unknown, message, invalid.problems);
    wipe_strings(*json);
    if (!invalid.problems.empty()) {
        return invalid;
    }
    return message;
}

} // namespace api
