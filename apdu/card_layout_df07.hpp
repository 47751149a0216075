#pragma once

#include "apdu/card_layout_row.hpp"

/// DF07 人事与人才. card.md §1.1, §1.10. Items without a name at hand are called by their tag;
/// eight digits may then be a date or an amount and are not judged.
namespace apdu::layout {

inline constexpr auto df07_aid = std::to_array<std::uint8_t>({0xD1, 0x56, 0x00, 0x00, 0x05, 0x04});
inline constexpr std::string_view df07_label = "人事人才信息区";

inline constexpr auto honours_items = std::to_array<Item>({
    {0xF0, an, 0x02, 1, "item_f0", "", text},
    {0xF1, an, 0x01, 1, "item_f1", "", ascii},
    {0xF2, cn, 0x04, 1, "item_f2", "", digits},
    {0xF3, an, 0x03, 1, "item_f3", "", text},
    {0xF4, cn, 0x04, 1, "item_f4", "", digits},
});
inline constexpr auto experts_items = std::to_array<Item>({
    {0xF5, an, 0x03, 1, "item_f5", "", text},
    {0xF6, cn, 0x04, 1, "item_f6", "", digits},
    {0xF7, an, 0x46, 1, "item_f7", "", text},
});
inline constexpr auto ex_military_items = std::to_array<Item>({
    {0xF8, cn, 0x04, 1, "item_f8", "", digits},
    // ASSUMED to be what the placement codes of card.md §1.12 are for: no other item places anyone.
    {0xF9, an, 0x01, 1, "placement_kind", "安置", code, CodeTable::placement_kind},
});

inline constexpr auto df07_files = std::to_array<ElementaryFile>({
    preset({0xEF05, "honours", "", variable_records, 0, 0, with(rk1_df07), with(uk1_df07),
            honours_items}),
    preset({0xEF06, "experts", "", variable_records, 0, 0, with(rk2_df07), with(uk2_df07),
            experts_items}),
    preset({0xEF07, "ex_military", "", variable_records, 0, 0, with(rk3_df07), with(uk3_df07),
            ex_military_items}),
});

inline constexpr DedicatedFile df07{Directory::df07, 0xDF07, df07_aid, df07_label, df07_files};

} // namespace apdu::layout
