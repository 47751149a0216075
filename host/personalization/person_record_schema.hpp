#pragma once

#include <string>

namespace personalization {

/// The JSON Schema (draft 2020-12) of a person's record, made from the card's file tables: every
/// file and item that a record may name, with what it may hold. person_record.schema.json is this
/// text. What a schema cannot say (check digits, the calendar, bytes on the card, one item against
/// another) is PersonRecord::check()'s business.
[[nodiscard]] std::string person_record_schema();

} // namespace personalization
