#pragma once

#include "apdu/bytes.hpp"
#include "apdu/class_byte.hpp"
#include "apdu/instruction.hpp"

#include <array>
#include <initializer_list>
#include <span>
#include <vector>

namespace personalization {

/// A value that a card operating system's command carries in some place.
enum class Field : std::uint8_t {
    algorithm,          ///< code of the card's algorithm in a directory's header
    fid,                ///< of a directory or file, 2 bytes
    name,               ///< DF name or AID; may be empty
    label,              ///< of an application, GBK
    lock_level,         ///< of the key that blocks a directory
    directory_file_sfi, ///< SFIs of the internal files
    fci_file_sfi,
    key_file_sfi,
    transaction_file_sfi,
    file_size, ///< 2 bytes
    file_type,
    file_sfi,
    file_scw,
    record_length,
    read_control,  ///< 2 bytes
    write_control, ///< 2 bytes
    record_number,
    key_type,
    key_id,
    key_version,
    error_counter,
    key_algorithm, ///< code of a key's algorithm; of the PIN: the level of PUK
    key_level,     ///< level reached by a key
    key_length,
    atr_serial, ///< T8…TD
    atr_start,  ///< the ATR up to T7
};
inline constexpr std::size_t field_count = static_cast<std::size_t>(Field::atr_start) + 1;

/// One piece of a template: a byte as it is, a field's bytes, a field's length, or the number of
/// bytes that still follow.
struct TemplatePart {
    /// Where the part's bytes come from.
    enum class Kind : std::uint8_t { literal, value, length, rest_length };
    Kind kind;
    std::uint8_t literal = 0;
    Field field = Field::fid;
};

/// The byte itself.
[[nodiscard]] constexpr TemplatePart literal(std::uint8_t byte) {
    return {.kind = TemplatePart::Kind::literal, .literal = byte};
}
/// The bytes of a field.
[[nodiscard]] constexpr TemplatePart value_of(Field field) {
    return {.kind = TemplatePart::Kind::value, .field = field};
}
/// How many bytes a field has, as one byte.
[[nodiscard]] constexpr TemplatePart length_of(Field field) {
    return {.kind = TemplatePart::Kind::length, .field = field};
}
/// How many bytes follow, as one byte.
[[nodiscard]] constexpr TemplatePart length_of_rest() {
    return {.kind = TemplatePart::Kind::rest_length};
}

using DataTemplate = std::span<TemplatePart const>;

/// CLA INS P1 P2.
struct CommandHeader {
    apdu::Cla cla;
    apdu::Ins ins;
    std::uint8_t p1;
    std::uint8_t p2;
    friend bool operator==(CommandHeader const&, CommandHeader const&) = default;
};

/// A command whose parameters and data come from fields. Static lifetime.
struct CommandTemplate {
    apdu::Cla cla;
    apdu::Ins ins;
    TemplatePart p1;
    TemplatePart p2;
    DataTemplate data{};
};

/// The bytes that fields have in one command.
class FieldValues {
public:
    /// Sets one field; returns this object, so that calls can be strung together.
    FieldValues& set(Field field, std::initializer_list<std::uint8_t> bytes);
    FieldValues& set(Field field, apdu::ByteView bytes);
    /// Two bytes, most significant first.
    FieldValues& set_number(Field field, std::uint16_t number);

    /// require: the field was set.
    [[nodiscard]] apdu::ByteView get(Field field) const;

private:
    struct Value {
        bool is_set = false;
        std::vector<std::uint8_t> bytes{};
    };
    std::array<Value, field_count> values_{};
};

/// The bytes of a filled template. require: every field that it names is set, and every length fits
/// a byte.
[[nodiscard]] std::vector<std::uint8_t> fill(DataTemplate parts, FieldValues const& values);

/// CLA INS P1 P2 of a filled template. require: P1 and P2 come to one byte each.
[[nodiscard]] CommandHeader fill_header(CommandTemplate const& command, FieldValues const& values);

} // namespace personalization
