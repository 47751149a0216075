#pragma once

#include "host/api/fault.hpp"
#include "host/api/message.hpp"
#include "host/api/secret_text.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace api {

// What several people do together with the daemon's keys. Each holds a part of a secret: a
// component of a key, or a share of a backup. One act at a time; it is kept by the daemon for the
// client that shows its token, wiped when it ends, when it is aborted, and when nobody goes on with
// it. Every request below needs the token; ceremony_unknown: it is not, or no longer, that of the
// act, or another user's.

/// A custodian's part, by everything but itself.
struct CustodianPart {
    std::string custodian{};
    bool shown = false;                       ///< made by the daemon, and given out
    std::optional<std::string> check_value{}; ///< 6 hex digits; none: not given yet

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("custodian", self.custodian);
        fields.required("shown", self.shown);
        fields.nullable("check_value", self.check_value);
    }
};

/// An act that goes on.
struct Ceremony {
    std::string token{};
    std::string until{};      ///< when it is wiped unless somebody goes on with it, UTC
    std::string act{};        ///< "ceremony", "backup", "restore"
    std::uint32_t digits = 0; ///< hex digits of a part
    std::optional<std::uint8_t> version{}; ///< of the key that is made
    std::vector<CustodianPart> parts{};

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("token", self.token);
        fields.required("until", self.until);
        fields.required("act", self.act);
        fields.required("digits", self.digits);
        fields.nullable("version", self.version);
        fields.required("parts", self.parts);
    }
};

/// Begins to make a master key of components, XORed. Faults: request_invalid, keys_locked,
/// no_key_store, key_known, ceremony_running.
struct KeyCeremonyRequest {
    static constexpr Route route{Method::post, "/v1/keys/ceremony"};
    using Reply = Ceremony;
    std::string name{};      ///< the standard's: "IRK"
    std::string algorithm{}; ///< "3DES", "DES", "SM4"
    std::string tier{"ministry"};
    std::optional<std::uint8_t> version{}; ///< 1…3; none: for any
    std::vector<std::string> custodians{}; ///< 2 to 8, of different names
    std::vector<std::string> witnesses{};
    bool generate = false; ///< the daemon makes the components; else they are given
    std::optional<std::string> check_value{}; ///< that the key must have

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("name", self.name);
        fields.required("algorithm", self.algorithm);
        fields.optional("tier", self.tier);
        fields.optional("version", self.version);
        fields.required("custodians", self.custodians);
        fields.optional("witnesses", self.witnesses);
        fields.optional("generate", self.generate);
        fields.optional("check_value", self.check_value);
    }
};

/// Begins to seal a copy of all keys under a secret that is split among custodians. Faults:
/// request_invalid, keys_locked, no_key_store, ceremony_running.
struct KeyBackupRequest {
    static constexpr Route route{Method::post, "/v1/keys/backup"};
    using Reply = Ceremony;
    std::uint8_t needed = 0; ///< custodians who can open it together, 2 or more
    std::vector<std::string> custodians{};
    std::vector<std::string> witnesses{};

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("needed", self.needed);
        fields.required("custodians", self.custodians);
        fields.optional("witnesses", self.witnesses);
    }
};

/// Begins to open such a file into the empty store. Faults: request_invalid, store_not_empty,
/// backup_malformed, test_keys_mixed, keys_locked, no_key_store, ceremony_running.
struct KeyRestoreRequest {
    static constexpr Route route{Method::post, "/v1/keys/restore"};
    using Reply = Ceremony;
    std::string file{};                    ///< base64
    std::vector<std::string> custodians{}; ///< as many as are needed
    std::vector<std::string> witnesses{};

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("file", self.file);
        fields.required("custodians", self.custodians);
        fields.optional("witnesses", self.witnesses);
    }
};

/// A part that the daemon has made, for its custodian's eyes alone.
struct ShownPart {
    SecretText value{}; ///< hex digits in groups of four
    std::string check_value{};

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("value", self.value);
        fields.required("check_value", self.check_value);
    }
};

/// Gives out a part that the daemon made, once. Faults: part_shown, request_invalid.
struct PartShowRequest {
    static constexpr Route route{Method::post, "/v1/keys/ceremony/show"};
    using Reply = ShownPart;
    std::string token{};
    std::uint32_t custodian = 0; ///< from 1

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("token", self.token);
        fields.required("custodian", self.custodian);
    }
};

/// Takes a custodian's part in the place of an earlier one of theirs; one that the daemon made is
/// typed back from what was written down. Faults: part_malformed, part_mistyped, part_not_shown,
/// part_repeated, part_weak, request_invalid.
struct PartRequest {
    static constexpr Route route{Method::post, "/v1/keys/ceremony/part"};
    using Reply = CustodianPart;
    std::string token{};
    std::uint32_t custodian = 0;
    SecretText value{};
    std::optional<std::string> check_value{}; ///< on the custodian's sheet

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("token", self.token);
        fields.required("custodian", self.custodian);
        fields.required("value", self.value);
        fields.optional("check_value", self.check_value);
    }
};

/// What the parts make together.
struct Combined {
    std::string check_value{};
    std::uint32_t keys = 0; ///< how many

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("check_value", self.check_value);
        fields.required("keys", self.keys);
    }
};

/// Tells the check value of the whole before anything is done with it. Faults: part_missing,
/// key_weak, key_check_value_differs.
struct CombineRequest {
    static constexpr Route route{Method::post, "/v1/keys/ceremony/combine"};
    using Reply = Combined;
    std::string token{};

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("token", self.token);
    }
};

/// Minutes as the daemon keeps them.
struct MinutesDocument {
    std::uint32_t number = 0;
    std::string text{};                ///< a line of JSON with its signature
    std::optional<std::string> pdf{};  ///< base64; where it was asked for
    std::optional<std::string> file{}; ///< base64; the sealed file of a backup that was just made

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("number", self.number);
        fields.required("text", self.text);
        fields.optional("pdf", self.pdf);
        fields.optional("file", self.file);
    }
};

/// Does it, once all custodians have confirmed the check value of the whole; the act is over then,
/// also where it failed. Faults: not_confirmed, minutes_not_written, those of CombineRequest and of
/// the key store.
struct CeremonyFinishRequest {
    static constexpr Route route{Method::post, "/v1/keys/ceremony/finish"};
    using Reply = MinutesDocument;
    std::string token{};
    std::string check_value{};
    std::vector<std::string> confirmed_by{};

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("token", self.token);
        fields.required("check_value", self.check_value);
        fields.required("confirmed_by", self.confirmed_by);
    }
};

/// Ends the act and wipes it; minutes say that it was aborted. Without the token for the user who
/// began it. Fault: ceremony_unknown, minutes_not_written (it is wiped all the same).
struct CeremonyAbortRequest {
    static constexpr Route route{Method::post, "/v1/keys/ceremony/abort"};
    using Reply = MinutesDocument;
    std::string token{};
    std::string reason{};

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.optional("token", self.token);
        fields.optional("reason", self.reason);
    }
};

} // namespace api
