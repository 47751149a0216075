#pragma once

#include "apdu/card_layout_row.hpp"

/// DF06 社会救助与优待抚恤 (informative annex). card.md §1.1, §1.10. Items without a name at hand
/// are called by their tag; eight digits may then be a date or an amount and are not judged.
namespace apdu::layout {

inline constexpr auto relief_parts = std::to_array<Item>({
    {0xE3, cn, 0x01, 1, "item_e3", "", digits},
    {0xE4, cn, 0x04, 1, "item_e4", "", digits},
    {0xE5, cn, 0x04, 1, "item_e5", "", digits},
    {0xE6, cn, 0x04, 1, "item_e6", "", digits},
    {0xE7, cn, 0x03, 1, "item_e7", "", digits},
});
inline constexpr auto relief_items = std::to_array<Item>({
    {0xC0, an, 0x46, 1, "relief_body", "机构", text},
    {0xC2, an, 0x09, 1, "relief_body_code", "代码", ascii},
    {0xC3, tlv, 0x1A, 1, "relief_c3", "", opaque, CodeTable::none, relief_parts},
    {0xC4, tlv, 0x1A, 1, "relief_c4", "", opaque, CodeTable::none, relief_parts},
    {0xC5, tlv, 0x1A, 1, "relief_c5", "", opaque, CodeTable::none, relief_parts},
});

inline constexpr auto veterans_items = std::to_array<Item>({
    {0xC6, an, 0x46, 1, "item_c6", "", text},   {0xC8, an, 0x09, 1, "item_c8", "", ascii},
    {0xC9, cn, 0x01, 1, "item_c9", "", digits}, {0xCA, cn, 0x04, 1, "item_ca", "", digits},
    {0xCB, cn, 0x04, 1, "item_cb", "", digits}, {0xCC, cn, 0x04, 1, "item_cc", "", digits},
    {0xCD, cn, 0x02, 1, "item_cd", "", digits}, {0xCE, cn, 0x01, 1, "item_ce", "", digits},
    {0xCF, cn, 0x04, 1, "item_cf", "", digits}, {0xD0, cn, 0x04, 1, "item_d0", "", digits},
    {0xD1, cn, 0x04, 1, "item_d1", "", digits}, {0xD2, cn, 0x03, 1, "item_d2", "", digits},
    {0xD3, cn, 0x01, 1, "item_d3", "", digits}, {0xD4, cn, 0x04, 1, "item_d4", "", digits},
    {0xD5, cn, 0x04, 1, "item_d5", "", digits}, {0xD6, cn, 0x04, 1, "item_d6", "", digits},
    {0xD7, cn, 0x03, 1, "item_d7", "", digits}, {0xD8, cn, 0x01, 1, "item_d8", "", digits},
    {0xD9, cn, 0x04, 1, "item_d9", "", digits}, {0xDA, cn, 0x04, 1, "item_da", "", digits},
    {0xDB, cn, 0x04, 1, "item_db", "", digits}, {0xDC, cn, 0x04, 1, "item_dc", "", digits},
    {0xDD, cn, 0x04, 1, "item_dd", "", digits}, {0xDE, cn, 0x04, 1, "item_de", "", digits},
    {0xDF, cn, 0x03, 1, "item_df", "", digits}, {0xE0, cn, 0x03, 1, "item_e0", "", digits},
    {0xE1, cn, 0x02, 1, "item_e1", "", digits}, {0xE2, cn, 0x02, 1, "item_e2", "", digits},
});

inline constexpr auto df06_files = std::to_array<ElementaryFile>({
    {0xEF05, "relief", "", variable_records, 0, 0, with(rk1_df06), with(uk1_df06), relief_items},
    {0xEF06, "veterans", "", variable_records, 0, 0, with(rk1_df06), with(uk2_df06),
     veterans_items},
});

inline constexpr DedicatedFile df06{Directory::df06, 0xDF06, {}, "救助与优抚信息区", df06_files};

} // namespace apdu::layout
