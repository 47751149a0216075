#pragma once

/// True in a build with the address sanitizer.
#if defined(__has_feature)
inline constexpr bool is_sanitized = __has_feature(address_sanitizer);
#else
inline constexpr bool is_sanitized = false;
#endif

/// Tests of every point try one in so many under the sanitizers, which make everything several
/// times slower; without them they try each.
inline constexpr unsigned point_distance = is_sanitized ? 29 : 1;
