#pragma once

#include "host/session/fault.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace personalization {

using Json = nlohmann::ordered_json;

/// Bytes that a person's record may have as JSON text; its photo included.
inline constexpr std::size_t json_text_size_max = 65536;
/// How deep its objects and arrays may be nested.
inline constexpr std::size_t json_depth_max = 16;

/// JSON text, parsed.
struct JsonText {
    Json value; ///< discarded (is_discarded()) where the text is no JSON
    std::vector<session::Problem> problems;
};

/// Parses `text` and refuses what JSON leaves open. Problem codes: too_long (the text), not_json
/// (with line and column), too_deep, duplicate_key (each one, with the pointer of the member).
[[nodiscard]] JsonText parse_json(std::string_view text);

/// `pointer` and one more step, escaped as RFC 6901 wants it.
[[nodiscard]] std::string below(std::string_view pointer, std::string_view name);
[[nodiscard]] std::string below(std::string_view pointer, std::size_t index);

} // namespace personalization
