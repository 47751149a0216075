#pragma once

#include "host/api/fault.hpp"
#include "host/api/message.hpp"
#include "host/api/pin_text.hpp"
#include "host/api/value_types.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace api {

/// What of a card's making is to be done. docs/glossary.md.
enum class Stage : std::uint8_t { structure, data, both };

/// The names of stages in messages.
[[nodiscard]] constexpr auto enum_names(Stage /*type*/) {
    return std::to_array<EnumName<Stage>>(
        {{Stage::structure, "structure"}, {Stage::data, "data"}, {Stage::both, "both"}});
}

/// What was made.
struct Personalized {
    std::string stage{};
    std::string card_id{};     ///< 32 hex digits
    std::string card_number{}; ///< empty after the structure stage alone
    std::string version{};
    std::string algorithm{};
    std::string region{};
    std::uint32_t steps = 0;     ///< of the plan, all carried out
    std::uint32_t exchanges = 0; ///< commands that went to the card
    bool test_keys = false;      ///< the card's keys come from keys for tests
    std::vector<Problem> warnings{};

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("stage", self.stage);
        fields.required("card_id", self.card_id);
        fields.required("card_number", self.card_number);
        fields.required("version", self.version);
        fields.required("algorithm", self.algorithm);
        fields.required("region", self.region);
        fields.required("steps", self.steps);
        fields.required("exchanges", self.exchanges);
        fields.required("test_keys", self.test_keys);
        fields.required("warnings", self.warnings);
    }
};

/// Makes a card: its structure from a bare chip, a person's data on a blank, or both. What is left
/// out is the office's, from the daemon's configuration; a blank says itself what it is, and where
/// it is said here too, both must agree. Faults: record_invalid, transport_key_wrong,
/// transport_key_refused_before, key_missing, already_personalized, half_made, not_this_card,
/// card_in_making, person_has_card, card_voided, journal_failed, verification_failed and those of a
/// card. A card whose making was interrupted is finished by the same request.
struct PersonalizeRequest {
    static constexpr Route route{Method::post, "/v1/card/personalize"};
    using Reply = Personalized;
    std::optional<std::string> reader{};
    Stage stage = Stage::both;
    std::optional<RecordText> record{};      ///< for data and both
    std::optional<PinText> pin{};            ///< the holder's; left out, the default PIN stays
    std::optional<std::string> version{};    ///< "2.00", "3.00"
    std::optional<std::string> algorithm{};  ///< "3DES", "SM4"
    std::optional<std::string> region{};     ///< of issue, 6 digits
    std::optional<std::string> reset_info{}; ///< 26 hex digits: other historical bytes for the chip
    bool rewrite_person = false; ///< the card is personalized and shall carry this record instead
    bool replacement = false;    ///< the person's other card is to be void by this one
    std::optional<std::string> batch{};   ///< the batch that the card belongs to; persons go first
    bool try_transport_key_again = false; ///< also on a chip that refused it before
    /// 26 hex digits, the card's historical bytes, or "" for a card without 13 of them: the work is
    /// for that card only. Another one that lies there is left alone: card_removed.
    std::optional<std::string> expected_chip{};

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.optional("reader", self.reader);
        fields.required("stage", self.stage);
        fields.optional("record", self.record);
        fields.optional("pin", self.pin);
        fields.optional("version", self.version);
        fields.optional("algorithm", self.algorithm);
        fields.optional("region", self.region);
        fields.optional("reset_info", self.reset_info);
        fields.optional("rewrite_person", self.rewrite_person);
        fields.optional("replacement", self.replacement);
        fields.optional("batch", self.batch);
        fields.optional("try_transport_key_again", self.try_transport_key_again);
        fields.optional("expected_chip", self.expected_chip);
    }
};

/// One command of a plan.
struct PlannedCommand {
    std::uint32_t step = 0; ///< from 1
    std::string command{};  ///< hex; secrets, and what is not known before, in <angle brackets>
    std::string step_en{};  ///< what the step does
    std::string step_zh{};

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("step", self.step);
        fields.required("command", self.command);
        fields.required("step_en", self.step_en);
        fields.required("step_zh", self.step_zh);
    }
};

/// Every command that a personalization would send when nothing fails, GET RESPONSE aside.
struct PersonalizationPlan {
    std::string card_id{};     ///< 32 hex digits
    std::string card_number{}; ///< empty for the structure stage alone
    std::vector<PlannedCommand> commands{};
    bool test_keys = false; ///< the daemon works with keys for tests

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("card_id", self.card_id);
        fields.required("card_number", self.card_number);
        fields.required("commands", self.commands);
        fields.required("test_keys", self.test_keys);
    }
};

/// The same request as a dry run: the card is looked at, and nothing is written to it.
struct PersonalizationPlanRequest : PersonalizeRequest {
    static constexpr Route route{Method::post, "/v1/card/personalize/plan"};
    using Reply = PersonalizationPlan;
};

} // namespace api
