#pragma once

#include "host/api/decoder.hpp"
#include "host/api/service.hpp"

namespace api {

/// Bytes that a request's body may have.
inline constexpr std::size_t request_size_max = 1U << 20U;

/// What a client that asks for this media type gets: one JSON object a line, {"progress": {…}} and,
/// where there is nothing else to tell for long, {"alive": true} any number of times, then
/// {"result": {…}} or {"error": {…}}. Any other client gets one JSON object,
/// the reply or {"error": {…}}, with a fitting HTTP status.
inline constexpr char const* stream_media_type = "application/x-ndjson";

/// {"error": {…}}: the fault with what its code means in English.
[[nodiscard]] Json error_json(Fault const& fault);

/// The HTTP status for a fault.
[[nodiscard]] int http_status_of(Fault const& fault);

/// The fault of {"error": {…}}; answer_unreadable where it is none.
[[nodiscard]] Fault fault_from_json(Json& error);

} // namespace api
