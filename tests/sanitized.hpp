#pragma once

/// True in a build with the address sanitizer. It makes everything several times slower, so that
/// tests of every point try fewer there.
#if defined(__has_feature)
inline constexpr bool is_sanitized = __has_feature(address_sanitizer);
#else
inline constexpr bool is_sanitized = false;
#endif
