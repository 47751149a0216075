#pragma once

#include "host/personalization/file_content.hpp"

namespace personalization {

/// What the items say of each other: birth date and sex against the ID number (problems), birth
/// place against it (a warning), issue against expiry and birth. Items that are wrong by themselves
/// are passed over: they have their own problem. `record` is the whole record. card.md §2.3.
void cross_check(Json const& record, Findings& findings);

} // namespace personalization
