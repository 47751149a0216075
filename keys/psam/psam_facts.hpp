#pragma once

#include "keys/algorithm.hpp"

#include "apdu/bytes.hpp"

#include <array>

namespace keys::psam {

/// EF 0015, 公共信息. card.md §3.3.
struct PsamPublic {
    std::uint8_t issuer;
    std::array<std::uint8_t, 10> serial; ///< cn: 20 digits
    std::uint8_t version;
    std::uint8_t card_type;
};

/// EF 0016, 终端机编号: cn, the first six digits are those of the region that it was given in.
using TerminalNumber = std::array<std::uint8_t, 6>;

/// EF 001A, 应用信息: the PSAM's application, and from when to when it may be used. card.md §3.3.
struct PsamApplication {
    std::uint8_t purchase_key_index;
    std::uint8_t key_version;           ///< of all its keys but DPK
    std::array<std::uint8_t, 4> start;  ///< cn YYYYMMDD
    std::array<std::uint8_t, 4> expiry; ///< the same
};

/// What such a file says; nothing where it is too short, or a number in it is none.
[[nodiscard]] std::optional<PsamPublic> parse_public(apdu::ByteView file);
[[nodiscard]] std::optional<TerminalNumber> parse_terminal_number(apdu::ByteView file);
[[nodiscard]] std::optional<PsamApplication> parse_application(apdu::ByteView file);

/// What a PSAM says of itself, as far as it can be read.
struct PsamFacts {
    std::optional<PsamPublic> card{};
    std::optional<TerminalNumber> terminal{};
    std::optional<PsamApplication> application{};
    bool has_des3 = false; ///< an environment with keys for 3DES cards
    bool has_sm4 = false;

    /// The version of its keys; 1 where it says none (ASSUMED).
    [[nodiscard]] std::uint8_t key_version() const {
        bool const says = application && application->key_version != 0;
        return says ? application->key_version : std::uint8_t{1};
    }
    [[nodiscard]] bool has(Algorithm algorithm) const {
        return algorithm == Algorithm::sm4 ? has_sm4 : algorithm == Algorithm::des3 && has_des3;
    }
};

} // namespace keys::psam
