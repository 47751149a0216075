#pragma once

#include "host/personalization/json_text.hpp"

#include <string>
#include <vector>

namespace personalization {

/// Where `value` breaks `schema`, as JSON pointers. Knows the keywords that the schema of a
/// person's record uses: type, enum, pattern, maxLength, minLength, maxItems, items, properties,
/// required, additionalProperties.
[[nodiscard]] std::vector<std::string> schema_faults(Json const& schema, Json const& value,
                                                     std::string const& where = {});

} // namespace personalization
