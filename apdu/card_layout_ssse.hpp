#pragma once

#include "apdu/card_layout_row.hpp"

/// SSSE 社会保障系统环境. card.md §1.1, §1.5, §1.11.
namespace apdu::layout {

// "sx1.sh.社会保障" in GBK.
inline constexpr auto ssse_name = std::to_array<std::uint8_t>(
    {0x73, 0x78, 0x31, 0x2E, 0x73, 0x68, 0x2E, 0xC9, 0xE7, 0xBB, 0xE1, 0xB1, 0xA3, 0xD5, 0xCF});

inline constexpr auto issuer_data_items = std::to_array<Item>({
    {0x01, cn, 0x10, 1, "card_id", "卡的识别码", card_id},
    {0x02, an, 0x01, 1, "card_class", "卡的类别", code, CodeTable::card_class},
    {0x03, an, 0x04, 1, "spec_version", "规范版本", spec_version},
    {0x04, cn, 0x0C, 1, "initialising_body", "初始化机构编号", fixed_digits},
    {0x05, cn, 0x04, 1, "issue_date", "发卡日期", date},
    {0x06, cn, 0x04, 1, "expiry_date", "卡有效期", date},
    {0x07, an, 0x09, 1, "card_number", "卡号", card_number},
});

inline constexpr auto holder_items = std::to_array<Item>({
    {0x08, an, 0x12, 1, "social_security_number", "社会保障号码", id_number},
    {0x09, an, 0x1E, 1, "name", "姓名", text},
    {0x4E, an, 0x14, 1, "name_extension", "姓名扩展", text},
    {0x0A, an, 0x01, 1, "sex", "性别", code, CodeTable::sex},
    {0x0B, cn, 0x01, 1, "ethnic_group", "民族", code, CodeTable::ethnic_group},
    {0x0C, cn, 0x03, 1, "birth_place", "出生地", region},
    {0x0D, cn, 0x04, 1, "birth_date", "出生日期", date},
});
// Without 4E.
inline constexpr auto holder_items_1_00 = std::to_array<Item>({
    holder_items[0],
    holder_items[1],
    holder_items[3],
    holder_items[4],
    holder_items[5],
    holder_items[6],
});

inline constexpr auto ssse_files_2_00 = std::to_array<ElementaryFile>({
    {0xEF05, "issuer_data", "发卡机构数据文件", variable_records, 0, 0, anyone, with(uk_ssse),
     issuer_data_items},
    {0xEF06, "holder_basic_data", "持卡人基本信息文件", variable_records, 0, 0, anyone,
     with(uk_ssse), holder_items},
    preset({0xEF07, "fingerprint", "指纹数据文件", transparent, 0x300, 0, with(rk_ssse),
            with(uk_ssse), no_items}),
    preset({0xEF08, "photo", "照片信息文件", transparent, 0x1000, 0, with(rk_ssse), with(uk_ssse),
            no_items}),
});

/// The file as another generation has it: who may read it, and its items.
constexpr ElementaryFile changed(ElementaryFile file, Access read, std::span<Item const> items) {
    file.read = read;
    file.items = items;
    return file;
}

// The holder's data are behind a read key.
inline constexpr auto ssse_files_3_00 = std::to_array<ElementaryFile>({
    ssse_files_2_00[0],
    changed(ssse_files_2_00[1], with(rk_ssse), holder_items),
    ssse_files_2_00[2],
    ssse_files_2_00[3],
});

// The fingerprint is free, and there is no photo.
inline constexpr auto ssse_files_1_00 = std::to_array<ElementaryFile>({
    ssse_files_2_00[0],
    changed(ssse_files_2_00[1], anyone, holder_items_1_00),
    changed(ssse_files_2_00[2], anyone, no_items),
});

/// The directory with the files of one generation. FID: DDF1 below an MF; a card whose MF is the
/// SSSE has 3F00.
constexpr DedicatedFile ssse(std::span<ElementaryFile const> files) {
    return {Directory::ssse, 0xDDF1, ssse_name, "社会保障系统环境", files};
}

} // namespace apdu::layout
