#pragma once

#include "host/api/ceremony_messages.hpp"

namespace api {

// What custodians do with keys by their word alone: they confirm a check value, and give no parts.

/// Begins to destroy a key that is in the store: all custodians confirm its check value, and nobody
/// gives a part. Faults: request_invalid, key_unknown, check_value_differs, key_in_the_field,
/// keys_locked, no_key_store, ceremony_running.
struct KeyDestructionRequest {
    static constexpr Route route{Method::post, "/v1/keys/destroy"};
    using Reply = Ceremony;
    std::string name{};
    std::string algorithm{};
    std::optional<std::uint8_t> version{}; ///< none: the key for any version
    std::string check_value{};
    std::string reason{}; ///< for the minutes, 1 to 200 bytes
    std::vector<std::string> custodians{};
    std::vector<std::string> witnesses{};
    bool despite_cards = false;      ///< live cards may need it: they are given up
    std::optional<std::string> id{}; ///< of a terminal's key; its name is its use

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("name", self.name);
        fields.required("algorithm", self.algorithm);
        fields.optional("version", self.version);
        fields.required("check_value", self.check_value);
        fields.required("reason", self.reason);
        fields.required("custodians", self.custodians);
        fields.optional("witnesses", self.witnesses);
        fields.optional("despite_cards", self.despite_cards);
        fields.optional("id", self.id);
    }
};

/// Begins to have a token of the HSM make a master key for itself: all custodians confirm its check
/// value, and nobody ever has a part. It never leaves that token, so no spare gets it. Faults:
/// request_invalid (also: which of several tokens is not said), key_known, keys_locked, no_hsm,
/// no_key_store, ceremony_running; of CombineRequest: hsm_mechanism_missing and the HSM's others.
struct KeyGenerationRequest {
    static constexpr Route route{Method::post, "/v1/keys/generate"};
    using Reply = Ceremony;
    std::string name{};
    std::string algorithm{};               ///< 3DES or SM4
    std::string tier{"ministry"};          ///< ministry, province or city
    std::optional<std::uint8_t> version{}; ///< none: the key for any version
    std::string token{};                   ///< its label; empty where there is one
    std::vector<std::string> custodians{};
    std::vector<std::string> witnesses{};

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("name", self.name);
        fields.required("algorithm", self.algorithm);
        fields.optional("tier", self.tier);
        fields.optional("version", self.version);
        fields.optional("token", self.token);
        fields.required("custodians", self.custodians);
        fields.optional("witnesses", self.witnesses);
    }
};

/// Begins to go over to another version of a key for all cards that have it: all custodians confirm
/// its check value, and nobody gives a part. Faults: request_invalid, key_not_rotated, key_unknown,
/// check_value_differs, key_in_use, keys_locked, no_key_store, journal_failed, ceremony_running.
struct KeyRotationRequest {
    static constexpr Route route{Method::post, "/v1/keys/rotate"};
    using Reply = Ceremony;
    std::string name{};
    std::string algorithm{};
    std::uint8_t version = 0; ///< that is in use from then on, 1…3
    std::string check_value{};
    std::string reason{}; ///< for the minutes, 1 to 200 bytes
    std::vector<std::string> custodians{};
    std::vector<std::string> witnesses{};

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("name", self.name);
        fields.required("algorithm", self.algorithm);
        fields.required("version", self.version);
        fields.required("check_value", self.check_value);
        fields.required("reason", self.reason);
        fields.required("custodians", self.custodians);
        fields.optional("witnesses", self.witnesses);
    }
};

} // namespace api
