#pragma once

#include "host/api/message.hpp"
#include "host/api/value_types.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace api {

/// What keeps the daemon's master keys.
enum class KeyBackEnd : std::uint8_t { none, key_file, sealed_store, centre, pkcs11 };

/// The names of KeyBackEnd in messages.
[[nodiscard]] constexpr auto enum_names(KeyBackEnd /*type*/) {
    return std::to_array<EnumName<KeyBackEnd>>({{KeyBackEnd::none, "none"},
                                                {KeyBackEnd::key_file, "key_file"},
                                                {KeyBackEnd::sealed_store, "sealed_store"},
                                                {KeyBackEnd::centre, "centre"},
                                                {KeyBackEnd::pkcs11, "pkcs11"}});
}

/// One master key, by everything but itself.
struct KnownKey {
    std::string name{};                    ///< the standard's: "IRK"
    std::string tier{};                    ///< "ministry", "province", "city"
    std::string algorithm{};               ///< of the cards that it is for: "3DES", "SM4"
    std::optional<std::uint8_t> version{}; ///< 1…3; none: for each without a key of its own
    std::uint8_t size = 0;                 ///< bytes, 8 or 16
    std::string check_value{};             ///< 6 hex digits, keys/check_value.hpp
    bool test = false;                     ///< a key that everybody knows
    KeyBackEnd back_end = KeyBackEnd::none;

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("name", self.name);
        fields.required("tier", self.tier);
        fields.required("algorithm", self.algorithm);
        fields.nullable("version", self.version);
        fields.required("size", self.size);
        fields.required("check_value", self.check_value);
        fields.required("test", self.test);
        fields.required("back_end", self.back_end);
    }
};

/// A key of card terminals' PIN pads, by everything but itself.
struct KnownTerminalKey {
    std::string use{};         ///< "BDK", "KBPK": what initial keys travel to a terminal under
    std::string id{};          ///< hex digits: 8, the BDK's id; 16, the terminal's
    std::string algorithm{};   ///< "AES128", "AES192", "AES256"
    std::string check_value{}; ///< 6 hex digits, by CMAC
    bool test = false;

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("use", self.use);
        fields.required("id", self.id);
        fields.required("algorithm", self.algorithm);
        fields.required("check_value", self.check_value);
        fields.required("test", self.test);
    }
};

} // namespace api
