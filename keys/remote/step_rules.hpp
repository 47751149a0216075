#pragma once

#include "keys/remote/card_purpose.hpp"
#include "keys/remote/seam_request.hpp"

#include <bitset>

namespace keys::remote {

/// Keys by their place in apdu::KeyName.
using KeyNames = std::bitset<apdu::key_name_count>;

/// One kind of step that an operation may have.
struct StepRule {
    SeamRequest request;
    KeyNames keys;                                       ///< with one of these
    std::uint16_t times;                                 ///< in all
    std::optional<std::array<std::uint8_t, 4>> header{}; ///< of a maced_command: this one, no data
    std::optional<apdu::KeyName> under{};                ///< of a key_load_command: this MK alone
};

/// What an operation of that purpose may ask the key service for: enough for the work, with a card
/// that lets rights go and has to be asked again, and no more. docs/decisions/0016.
[[nodiscard]] std::vector<StepRule> step_rules(CardPurpose purpose);

/// True where the rule is for that request, its key and, where it says so, its header or MK;
/// whether one is left is not looked at.
[[nodiscard]] bool is_for(StepRule const& rule, SeamCall const& call);

/// The key that the request is made with; of a loading: the key that is loaded.
[[nodiscard]] KeyReference key_of(SeamCall const& call);

} // namespace keys::remote
