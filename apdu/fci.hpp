#pragma once

#include "apdu/bytes.hpp"
#include "apdu/result.hpp"

#include <optional>

namespace apdu {

/// File control information of a directory, as SELECT answers it. Borrows. card.md §1.2.
struct Fci {
    ByteView name;                                  ///< tag 84: DF name or AID
    std::optional<std::uint8_t> directory_file_sfi; ///< tag 88 in A5
    std::optional<std::uint8_t> algorithm;          ///< tag 86 in 9F0C in A5: 01, 02, 03

    /// Reads one object 6F; objects that are not named above are skipped, and issuer data (9F0C)
    /// that hold no 86 of one byte give no algorithm. Errors: truncated, trailing_bytes (after 6F,
    /// padding 00 excepted), malformed, not_found (no 6F, or no 84 in it).
    [[nodiscard]] static Result<Fci> parse(ByteView bytes);
};

/// The name of SSSE, the social security environment: "sx1.sh." and 社会保障 in GBK, 15 bytes.
/// card.md §1.1.
[[nodiscard]] ByteView ssse_name();

} // namespace apdu
