#pragma once

#include "host/personalization/data_plan.hpp"
#include "host/personalization/personalize.hpp"
#include "host/personalization/structure_plan.hpp"

namespace personalization {

// What keeps a request from being carried out. Each gives the fault, or nothing.

/// request_invalid with all problems of the request itself.
[[nodiscard]] std::optional<session::Fault> invalid_request(PersonalizationRequest const& request);

/// record_invalid, where the person's record says something else of the items that the structure
/// stage is about to make.
[[nodiscard]] std::optional<session::Fault> contradiction(PersonRecord const& person,
                                                          StructureOrder const& order);

/// Why that card is not one for the request's data stage: unknown_version; not_this_card (it is
/// another kind of card than the request says, or the record contradicts what the structure stage
/// made of it), with every problem.
[[nodiscard]] std::optional<session::Fault> unfit(PersonalizationRequest const& request,
                                                  session::RecognizedCard const& card);

/// already_personalized or half_made, where the issuer's data on the card are a person's.
[[nodiscard]] std::optional<session::Fault> not_blank(session::RecognizedCard const& card);

/// pin_needed: a file that only the PIN opens cannot be read back where no PIN is known.
[[nodiscard]] std::optional<session::Fault> unknown_pin(DataOrder const& order);

} // namespace personalization
