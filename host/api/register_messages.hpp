#pragma once

#include "host/api/message.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace api {

/// One card that this office made, or began to make. What is not known is empty. Times are UTC.
struct RegisteredCard {
    std::string state{};      ///< "in_making", "blank", "live", "voided"
    std::string reset_info{}; ///< 26 hex digits
    std::string card_id{};    ///< 32 hex digits
    std::string card_number{};
    std::string social_security_number{}; ///< of the person that it was made for
    std::string version{};
    std::string algorithm{};
    std::string region{};
    std::string reason{};      ///< why it is void
    std::string replaced_by{}; ///< reset_info of the card that took its place
    std::string batch{};
    bool test_keys = false;
    std::string began_at{}; ///< "2026-07-01T08:30:00Z"
    std::string made_at{};
    std::string voided_at{};

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("state", self.state);
        fields.required("reset_info", self.reset_info);
        fields.required("card_id", self.card_id);
        fields.required("card_number", self.card_number);
        fields.required("social_security_number", self.social_security_number);
        fields.required("version", self.version);
        fields.required("algorithm", self.algorithm);
        fields.required("region", self.region);
        fields.required("reason", self.reason);
        fields.required("replaced_by", self.replaced_by);
        fields.required("batch", self.batch);
        fields.required("test_keys", self.test_keys);
        fields.required("began_at", self.began_at);
        fields.required("made_at", self.made_at);
        fields.required("voided_at", self.voided_at);
    }
};

/// Cards of the register, the newest first.
struct CardList {
    std::vector<RegisteredCard> cards{};

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("cards", self.cards);
    }
};

/// Lists the cards of the office's register that fit. Faults: request_invalid (no such state),
/// journal_failed.
struct CardListRequest {
    static constexpr Route route{Method::post, "/v1/cards/list"};
    using Reply = CardList;
    std::optional<std::string> state{};
    std::optional<std::string> social_security_number{};
    std::optional<std::string> card_number{};
    std::optional<std::string> since{};         ///< its making began then or later
    std::optional<std::string> made_with{};     ///< "UKSSSE/2/0514AC": has that key
    std::optional<std::string> not_made_with{}; ///< its keys are known, and that is none of them
    bool spoiled = false; ///< only cards that became void before they were anybody's
    std::uint32_t limit = 1000;

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.optional("state", self.state);
        fields.optional("social_security_number", self.social_security_number);
        fields.optional("card_number", self.card_number);
        fields.optional("since", self.since);
        fields.optional("made_with", self.made_with);
        fields.optional("not_made_with", self.not_made_with);
        fields.optional("spoiled", self.spoiled);
        fields.optional("limit", self.limit);
    }
};

/// What was made void.
struct Voided {
    std::string how{};        ///< "card_block", "structure_deleted"
    std::string reset_info{}; ///< 26 hex digits
    std::string card_id{};    ///< 32 hex digits; empty where the card told none
    bool test_keys = false;   ///< the daemon works with keys for tests

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("how", self.how);
        fields.required("reset_info", self.reset_info);
        fields.required("card_id", self.card_id);
        fields.required("test_keys", self.test_keys);
    }
};

/// Makes the card in the reader void for good, and registers it so with the reason. Faults:
/// card_not_genuine, bare_chip, key_missing, journal_failed and those of a card.
struct CardVoidRequest {
    static constexpr Route route{Method::post, "/v1/card/void"};
    using Reply = Voided;
    std::optional<std::string> reader{};
    std::string reason{};
    std::optional<std::string> expected_chip{}; ///< as in PersonalizeRequest

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.optional("reader", self.reader);
        fields.required("reason", self.reason);
        fields.optional("expected_chip", self.expected_chip);
    }
};

} // namespace api
