#pragma once

#include "keys/remote/wiped.hpp"

#include "apdu/key_name.hpp"
#include "keys/pin.hpp"

#include <nlohmann/json.hpp>

#include <concepts>
#include <limits>
#include <optional>
#include <span>

namespace keys::remote {

using Json = nlohmann::json;

/// Writes the members of a message into a JSON object: bytes as hex in capitals, a key by its
/// name, a PIN by its digits.
class FieldWriter {
public:
    /// Into that object.
    explicit FieldWriter(Json& object) : object_{object} {}

    /// Each writes one member.
    template <std::unsigned_integral T>
    void number(char const* name, T const& value) {
        object_[name] = value;
    }
    void flag(char const* name, bool value) { object_[name] = value; }
    void text(char const* name, std::string const& value) { object_[name] = value; }
    void bytes(char const* name, std::span<std::uint8_t const> value);
    void data(char const* name, std::vector<std::uint8_t> const& value, std::size_t /*max*/) {
        bytes(name, value);
    }
    void key(char const* name, apdu::KeyName value) {
        object_[name] = std::string{apdu::to_text(value)};
    }
    void pin(char const* name, std::optional<Pin> const& value);

private:
    Json& object_;
};

/// Reads them, all and no others; what is wrong is told by finish() alone.
class FieldReader {
public:
    /// Out of that value, which must be an object; it must outlive the reader.
    explicit FieldReader(Json const& object) : object_{object}, is_good_{object.is_object()} {}

    /// Each reads one member, which must be there, into its place.
    template <std::unsigned_integral T>
    void number(char const* name, T& into) {
        auto const value = whole_number(name, std::numeric_limits<T>::max());
        into = static_cast<T>(value.value_or(0));
    }
    void flag(char const* name, bool& into);
    void text(char const* name, std::string& into, std::size_t size_max = text_size_max);
    void bytes(char const* name, std::span<std::uint8_t> into);
    void data(char const* name, std::vector<std::uint8_t>& into, std::size_t max);
    void key(char const* name, apdu::KeyName& into);
    void pin(char const* name, std::optional<Pin>& into);

    /// The member of that name, for what has a form of its own; null where there is none.
    [[nodiscard]] Json const* member(char const* name);
    /// True where the object has that member; it is not yet read.
    [[nodiscard]] bool has(char const* name) const {
        return object_.is_object() && object_.contains(name);
    }
    /// Something is wrong after all.
    void refuse() { is_good_ = false; }
    /// After all members: true where each was right and there is no other.
    [[nodiscard]] bool finish() const {
        return is_good_ && object_.is_object() && object_.size() == read_;
    }

    /// Characters that a text may have where nothing else is said.
    static constexpr std::size_t text_size_max = 128;

private:
    [[nodiscard]] std::optional<std::uint64_t> whole_number(char const* name, std::uint64_t max);
    [[nodiscard]] std::string const* string(char const* name);
    Json const& object_;
    bool is_good_;
    std::size_t read_ = 0;
};

/// Bytes that a message may have, and how deep it may be nested.
inline constexpr std::size_t message_size_max = std::size_t{256} << 10U;
inline constexpr int message_depth_max = 8;

/// Text as JSON; nothing where it is none, too long or nested too deep.
[[nodiscard]] std::optional<Json> parse_message(std::string_view text);

/// JSON as text; every string of it is wiped afterwards.
[[nodiscard]] WipedText message_text(Json json);

/// Overwrites every string of a JSON value: it may have been a secret.
void wipe_strings(Json& json);

/// Bytes as hex in capitals.
[[nodiscard]] std::string hex_of(std::span<std::uint8_t const> bytes);

} // namespace keys::remote
