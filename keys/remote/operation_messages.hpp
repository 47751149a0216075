#pragma once

#include "keys/remote/step_rules.hpp"
#include "keys/remote/wiped.hpp"

#include <chrono>

namespace keys::remote {

// What window or kiosk and centre say to each other: JSON in the body of a POST over TLS. Each
// message has one form; whatever differs from it in anything is refused. docs/decisions/0016.

/// Where they go.
inline constexpr std::string_view open_path = "/v1/operations";
inline constexpr std::string_view step_path = "/v1/operations/step";
inline constexpr std::string_view end_path = "/v1/operations/end";
inline constexpr std::string_view keys_path = "/v1/centre-keys";

/// 128 random bits: an operation is found by them and by the certificate that opened it.
using OperationId = std::array<std::uint8_t, 16>;

/// "May I work with the keys of this card?"
struct OperationRequest {
    CardPurpose purpose{};
    CardIdentity card{};
    std::string requester{}; ///< an operator's or kiosk's name, for the centre's log
};

/// "Yes, this much, for so long."
struct OperationGrant {
    OperationId operation{};
    std::chrono::seconds time{};
    std::vector<StepRule> steps{};
};

/// One step; its number is the last one's and one more, from 1.
struct Step {
    OperationId operation{};
    std::uint32_t number = 0;
    CardIdentity card{}; ///< the operation's
    SeamCall call{};
};

/// The messages as text.
[[nodiscard]] WipedText encode(OperationRequest const& request);
[[nodiscard]] WipedText encode(OperationGrant const& grant);
[[nodiscard]] WipedText encode(Step const& step);
[[nodiscard]] WipedText encode_end(OperationId const& operation);
[[nodiscard]] WipedText encode(SeamAnswer const& answer);

/// The message that a text is, or nothing.
[[nodiscard]] std::optional<OperationRequest> parse_operation_request(std::string_view text);
[[nodiscard]] std::optional<OperationGrant> parse_operation_grant(std::string_view text);
[[nodiscard]] std::optional<Step> parse_step(std::string_view text);
[[nodiscard]] std::optional<OperationId> parse_end(std::string_view text);
/// The answer to a request for a card of that algorithm; whoever gets bytes wipes them.
[[nodiscard]] std::optional<SeamAnswer> parse_answer(std::string_view text, Algorithm algorithm);

} // namespace keys::remote
