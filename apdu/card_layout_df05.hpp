#pragma once

#include "apdu/card_layout_row.hpp"

/// DF05 生命与健康 (informative annex). card.md §1.1, §1.10. Items without a name at hand are
/// called by their tag.
namespace apdu::layout {

inline constexpr auto contraindicated_drug_parts = std::to_array<Item>({
    {0xA5, an, 0x10, 1, "drug", "", text},
    {0xA6, an, 0x04, 1, "item_a6", "", ascii},
});
inline constexpr auto major_disease_parts = std::to_array<Item>({
    {0xA7, an, 0x10, 1, "disease", "", text},
    {0xA8, an, 0x03, 1, "item_a8", "", ascii},
});
inline constexpr auto health_items = std::to_array<Item>({
    {0xA0, an, 0x01, 1, "health_state", "健康状况", ascii},
    {0xA1, an, 0x01, 1, "disability_class", "残疾类别", ascii},
    {0xB9, an, 0x01, 1, "disability_level", "等级", ascii},
    {0xA2, an, 0x04, 1, "abo_blood_group", "ABO", text},
    {0xA9, cn, 0x01, 1, "rh_blood_group", "RH", digits},
    {0xA3, tlv, 0x18, 5, "contraindicated_drug", "禁忌药", opaque, CodeTable::none,
     contraindicated_drug_parts},
    {0xA4, tlv, 0x17, 5, "major_disease", "重大疾病", opaque, CodeTable::none, major_disease_parts},
    {0xBA, an, 0x14, 1, "allergen", "过敏物质", text},
    {0xBB, an, 0x64, 1, "allergic_reaction", "反应", text},
    {0xAA, an, 0x14, 1, "immunisation", "免疫", text},
    {0xAB, cn, 0x04, 1, "immunisation_date", "时间", date},
    {0xAC, an, 0x01, 1, "flag_ac", "", ascii},
    {0xAD, an, 0x01, 1, "flag_ad", "", ascii},
    {0xAE, an, 0x01, 1, "flag_ae", "", ascii},
    {0xAF, an, 0x01, 1, "flag_af", "", ascii},
    {0xB0, an, 0x01, 1, "flag_b0", "", ascii},
    {0xB1, an, 0x01, 1, "flag_b1", "", ascii},
    {0xB2, an, 0x01, 1, "flag_b2", "", ascii},
    {0xB3, an, 0x01, 1, "flag_b3", "", ascii},
    {0xB4, an, 0x01, 1, "flag_b4", "", ascii},
    {0xB5, an, 0x01, 1, "flag_b5", "", ascii},
    {0xB6, an, 0x01, 1, "flag_b6", "", ascii},
    {0xB7, an, 0x01, 1, "flag_b7", "", ascii},
    {0xBC, an, 0x01, 1, "flag_bc", "", ascii},
    {0xB8, an, 0x28, 1, "other_warnings", "其他警示", text},
});

inline constexpr auto df05_files = std::to_array<ElementaryFile>({
    {0xEF05, "health", "", variable_records, 0, 0, anyone, with(uk1_df05), health_items},
});

inline constexpr DedicatedFile df05{Directory::df05, 0xDF05, {}, "生命与健康信息区", df05_files};

} // namespace apdu::layout
