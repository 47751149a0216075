#pragma once

#include <cstdint>

namespace apdu {

/// Which characters an office's cards may carry in text fields.
enum class TextProfile : std::uint8_t {
    gbk,     ///< GBK only: what every reader in the field decodes
    gb18030, ///< GB 18030: also four-byte characters, which older readers show wrongly
};

} // namespace apdu
