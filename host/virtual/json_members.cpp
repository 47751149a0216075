#include "host/virtual/json_members.hpp"

namespace virtual_card {
namespace {

using nlohmann::json;

constexpr std::string_view hex_digits = "0123456789ABCDEF";

} // namespace

JsonMembers::JsonMembers(json const& object, std::string where, std::string& fault)
    : object_{object}, where_{std::move(where)}, fault_{fault} {
    if (!object_.is_object() && fault_.empty()) {
        fault_ = where_.empty() ? "/" : where_;
    }
}

json const* JsonMembers::find(char const* name) const {
    if (!object_.is_object()) {
        return nullptr;
    }
    auto const found = object_.find(name);
    return found == object_.end() ? nullptr : &*found;
}

std::uint32_t JsonMembers::number(char const* name, std::uint32_t maximum) {
    json const* const value = find(name);
    bool const holds =
        value != nullptr && value->is_number_unsigned() && value->get<std::uint64_t>() <= maximum;
    require_that(holds, name);
    return holds ? value->get<std::uint32_t>() : 0;
}

std::uint8_t JsonMembers::byte(char const* name) {
    return static_cast<std::uint8_t>(number(name, 0xFF));
}

std::uint16_t JsonMembers::word(char const* name) {
    return static_cast<std::uint16_t>(number(name, 0xFFFF));
}

bool JsonMembers::flag(char const* name) {
    json const* const value = find(name);
    bool const holds = value != nullptr && value->is_boolean();
    require_that(holds, name);
    return holds && value->get<bool>();
}

Bytes JsonMembers::bytes(char const* name, std::size_t size_max) {
    json const* const value = find(name);
    auto const found = value != nullptr && value->is_string()
                           ? bytes_from_hex(value->get_ref<std::string const&>())
                           : std::nullopt;
    bool const holds = found && found->size() <= size_max;
    require_that(holds, name);
    return holds ? *found : Bytes{};
}

json const* JsonMembers::array(char const* name, std::size_t count_max) {
    json const* const value = find(name);
    bool const holds = value != nullptr && value->is_array() && value->size() <= count_max;
    require_that(holds, name);
    return holds ? value : nullptr;
}

void JsonMembers::require_that(bool holds, char const* name) {
    if (!holds && fault_.empty()) {
        fault_ = place_of(name);
    }
}

std::string hex_from(apdu::ByteView bytes) {
    std::string hex;
    hex.reserve(2 * bytes.size());
    for (std::uint8_t const byte : bytes) {
        hex += hex_digits[byte >> 4U];
        hex += hex_digits[byte & 0x0FU];
    }
    return hex;
}

std::optional<Bytes> bytes_from_hex(std::string_view hex) {
    if (hex.size() % 2 != 0) {
        return std::nullopt;
    }
    Bytes bytes;
    bytes.reserve(hex.size() / 2);
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        auto const digit = [](char c) {
            return hex_digits.find(c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c);
        };
        auto const high = digit(hex[i]);
        auto const low = digit(hex[i + 1]);
        if (high == std::string_view::npos || low == std::string_view::npos) {
            return std::nullopt;
        }
        bytes.push_back(static_cast<std::uint8_t>((high << 4U) | low));
    }
    return bytes;
}

} // namespace virtual_card
