#pragma once

#include "host/virtual/card_memory.hpp"

#include <nlohmann/json.hpp>

#include <string>

namespace virtual_card {

/// Reads the members of one JSON object and remembers the first that is not what it should be;
/// what it gives then is zero or empty.
class JsonMembers {
public:
    /// `fault` is shared by all objects of a document and keeps the first place.
    JsonMembers(nlohmann::json const& object, std::string where, std::string& fault);

    /// A number from 0 to `maximum`.
    [[nodiscard]] std::uint32_t number(char const* name, std::uint32_t maximum);
    [[nodiscard]] std::uint8_t byte(char const* name);
    [[nodiscard]] std::uint16_t word(char const* name);
    [[nodiscard]] bool flag(char const* name);
    /// Bytes in hex, of at most `size_max`.
    [[nodiscard]] Bytes bytes(char const* name, std::size_t size_max);
    /// Bytes in hex, exactly `size`.
    template <std::size_t size>
    [[nodiscard]] std::array<std::uint8_t, size> exactly(char const* name) {
        Bytes const found = bytes(name, size);
        std::array<std::uint8_t, size> fixed{};
        require_that(found.size() == size, name);
        if (found.size() == size) {
            apdu::copy_bytes(found, fixed);
        }
        return fixed;
    }
    /// An array of at most `count_max` elements, or null.
    [[nodiscard]] nlohmann::json const* array(char const* name, std::size_t count_max);
    /// A member, or null where it is absent.
    [[nodiscard]] nlohmann::json const* find(char const* name) const;

    /// Remembers the member when `holds` is false.
    void require_that(bool holds, char const* name);

    [[nodiscard]] std::string place_of(char const* name) const { return where_ + "/" + name; }

private:
    nlohmann::json const& object_;
    std::string where_;
    std::string& fault_;
};

/// Hex in capitals, and back; nothing for other text.
[[nodiscard]] std::string hex_from(apdu::ByteView bytes);
[[nodiscard]] std::optional<Bytes> bytes_from_hex(std::string_view hex);

} // namespace virtual_card
