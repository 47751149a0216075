#pragma once

#include "host/api/message.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace api {

// Which keys the office's cards have, and which version of a key is in use.

/// A master key that keys of cards come from, in one version on the card.
struct FieldKeyVersion {
    std::uint8_t version = 1; ///< on the card, 1…3
    std::string check_value{};
    bool in_store = false; ///< cards that are made now get it
    std::uint32_t live = 0;
    std::uint32_t blank = 0;

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("version", self.version);
        fields.required("check_value", self.check_value);
        fields.required("in_store", self.in_store);
        fields.required("live", self.live);
        fields.required("blank", self.blank);
    }
};

/// One key of cards of that algorithm.
struct FieldKey {
    std::string name{};      ///< the standard's: "IRK"
    std::string algorithm{}; ///< "3DES", "SM4"
    std::uint8_t in_use = 1; ///< the version that cards are authenticated with
    std::string since{};     ///< UTC; empty: from the beginning
    std::vector<FieldKeyVersion> versions{};

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("name", self.name);
        fields.required("algorithm", self.algorithm);
        fields.required("in_use", self.in_use);
        fields.required("since", self.since);
        fields.required("versions", self.versions);
    }
};

/// The keys of all blank and live cards of the register.
struct FieldKeys {
    std::vector<FieldKey> keys{};
    std::uint32_t unknown_live = 0; ///< cards that were made elsewhere, or before keys were noted
    std::uint32_t unknown_blank = 0;

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("keys", self.keys);
        fields.required("unknown_live", self.unknown_live);
        fields.required("unknown_blank", self.unknown_blank);
    }
};

/// Asks for them. Fault: journal_failed.
struct FieldKeysRequest {
    static constexpr Route route{Method::get, "/v1/keys/cards"};
    using Reply = FieldKeys;

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& /*fields*/, Self& /*self*/) {}
};

} // namespace api
