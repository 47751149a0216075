#pragma once

#include "apdu/directory.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace apdu {

/// The keys of a card by the standard's names (card.md §3.1–3.2). What each is on the card, in a
/// PSAM and in an HSM is in keys/key_table.hpp; a file's access condition names one of these.
enum class KeyName : std::uint8_t {
    irk,
    puk,
    bk,
    stk_ssse,
    uk_ssse,
    rk_ssse,
    stk_df01,
    rk1_df01,
    uk1_df01,
    uk2_df01,
    uk3_df01,
    uk4_df01,
    uk5_df01,
    uk6_df01,
    uk7_df01,
    uk8_df01,
    uk9_df01,
    uka_df01,
    ukb_df01,
    stk_df02,
    rk1_df02,
    uk1_df02,
    uk2_df02,
    uk3_df02,
    uk4_df02,
    uk5_df02,
    uk6_df02,
    stk_df03,
    lk_df03,
    rk1_df03,
    rk2_df03,
    uk1_df03,
    uk2_df03,
    uk3_df03,
    uk4_df03,
    uk5_df03,
    uk6_df03,
    uk7_df03,
    uk8_df03,
    stk_df04,
    lk_df04,
    rk1_df04,
    uk1_df04,
    uk2_df04,
    dsk,
    dlk,
    dpk,
    dtk,
    stk_df05,
    uk1_df05,
    stk_df06,
    lk_df06,
    rk1_df06,
    uk1_df06,
    uk2_df06,
    stk_df07,
    rk1_df07,
    rk2_df07,
    rk3_df07,
    uk1_df07,
    uk2_df07,
    uk3_df07,
    mk_mf, ///< the card's own MK of the MF; and so on for each directory. card.md §3.1, cos-t514.md
           ///< §3
    mk_ssse,
    mk_df01,
    mk_df02,
    mk_df03,
    mk_df04,
    mk_df05,
    mk_df06,
    mk_df07,
    temporary_mk,  ///< stands in each directory while it is built, until the card's own MK replaces
                   ///< it
    transport_key, ///< of a bare chip
};

inline constexpr std::size_t key_name_count = 73;

/// The standard's spelling: "IRK", "STKSSSE", "UK1DF01", "RK2DF03", "DPK", "MKDF04", "TMK", "TK".
[[nodiscard]] std::string_view to_text(KeyName name);

/// The key of that spelling, or nothing.
[[nodiscard]] std::optional<KeyName> key_name_from_text(std::string_view text);

/// The directory that holds the key on the card; the MF for a transport key and a temporary MK.
[[nodiscard]] Directory directory_of(KeyName name);

/// The card's own MK of that directory.
[[nodiscard]] KeyName mk_of(Directory directory);

} // namespace apdu
