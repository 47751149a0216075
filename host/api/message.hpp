#pragma once

#include <cstdint>
#include <string_view>

namespace api {

/// The HTTP methods that requests use.
enum class Method : std::uint8_t { get, post };

/// Where a request goes: an HTTP method and a path. A request is a struct with its `route`, the
/// type `Reply` of what it is answered with, and `describe()` for both directions of JSON.
struct Route {
    Method method;
    std::string_view path;
};

} // namespace api
