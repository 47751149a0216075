#pragma once

#include "apdu/bytes.hpp"

#include <string>

namespace session {

/// Two capital hex digits a byte.
[[nodiscard]] std::string hex_text(apdu::ByteView bytes);

} // namespace session
