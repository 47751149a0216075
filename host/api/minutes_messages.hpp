#pragma once

#include "host/api/ceremony_messages.hpp"

namespace api {

/// One of the minutes in a list.
struct MinutesEntry {
    std::uint32_t number = 0;
    std::string ended_at{}; ///< UTC
    /// "ceremony", "rotation", "destruction", "backup", "restore", "initial_key", "generation",
    /// "provisioning".
    std::string act{};
    std::string outcome{}; ///< "done", "aborted", "expired", "failed", "interrupted"
    std::string keys{};    ///< "UKSSSE SM4 1 (2677F4)"
    std::string operator_user{};

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("number", self.number);
        fields.required("ended_at", self.ended_at);
        fields.required("act", self.act);
        fields.required("outcome", self.outcome);
        fields.required("keys", self.keys);
        fields.required("operator", self.operator_user);
    }
};

/// What is wrong with one of the minutes; number 0: with the list.
struct MinutesFinding {
    std::uint32_t number = 0;
    std::string finding{}; ///< "missing", "damaged", "not_signed", "chain_broken", "head_wrong"

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("number", self.number);
        fields.required("finding", self.finding);
    }
};

/// The office's minutes, the oldest first, and whether the list is whole.
struct MinutesList {
    std::vector<MinutesEntry> minutes{};
    std::vector<MinutesFinding> findings{};
    std::string public_key{}; ///< of Ed25519, PEM

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("minutes", self.minutes);
        fields.required("findings", self.findings);
        fields.required("public_key", self.public_key);
    }
};

/// Lists the minutes. Fault: minutes_damaged.
struct MinutesListRequest {
    static constexpr Route route{Method::get, "/v1/keys/minutes"};
    using Reply = MinutesList;

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& /*fields*/, Self& /*self*/) {}
};

/// Gives one of them. Faults: minutes_unknown, minutes_damaged, minutes_not_drawn.
struct MinutesRequest {
    static constexpr Route route{Method::get, "/v1/keys/minutes/show"};
    using Reply = MinutesDocument;
    std::uint32_t number = 0;
    bool pdf = false; ///< as a PDF too

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("number", self.number);
        fields.optional("pdf", self.pdf);
    }
};

/// Whether minutes are this office's as they were signed.
struct MinutesProof {
    std::uint32_t number = 0;
    std::optional<std::string> finding{}; ///< null: they are; else as MinutesFinding, or "not_kept"

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("number", self.number);
        fields.nullable("finding", self.finding);
    }
};

/// Looks at a file of minutes: the signature, and that the office keeps the same.
struct MinutesProofRequest {
    static constexpr Route route{Method::post, "/v1/keys/minutes/verify"};
    using Reply = MinutesProof;
    std::string text{};

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("text", self.text);
    }
};

} // namespace api
