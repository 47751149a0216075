#pragma once

#include "apdu/card_layout_row.hpp"

/// DF01 公共应用. card.md §1.1, §1.6.
namespace apdu::layout {

inline constexpr auto df01_aid = std::to_array<std::uint8_t>({0xD1, 0x56, 0x00, 0x00, 0x05, 0x00});
inline constexpr std::string_view df01_label = "公共应用信息区";

inline constexpr auto household_registration_items = std::to_array<Item>({
    {0x20, an, 0x02, 1, "household_class", "户口类别", code, CodeTable::household_class},
    {0x21, an, 0x50, 1, "household_address", "户口所在地地址", text},
    {0x0E, cn, 0x03, 1, "household_region", "户口所在地区划", region},
});
inline constexpr auto residence_items = std::to_array<Item>({
    {0x23, an, 0x50, 1, "residence_address", "常住地址", text},
    {0x24, cn, 0x03, 1, "residence_region", "常住地区划", region},
    {0x28, an, 0x0F, 1, "phone", "联系电话", ascii},
    {0x2C, an, 0x32, 1, "contact_name", "联系人(监护人)姓名", text},
    {0x2D, an, 0x0F, 1, "contact_phone", "联系人电话", ascii},
});
inline constexpr auto personal_status_items = std::to_array<Item>({
    {0x29, an, 0x01, 1, "employment_state", "就业或离退休状态", code, CodeTable::employment_state},
});
inline constexpr auto marital_status_items = std::to_array<Item>({
    {0x2B, an, 0x01, 1, "marital_status", "婚姻状况", code, CodeTable::marital_state},
});
inline constexpr auto employer_items = std::to_array<Item>({
    {0x2E, an, 0x46, 1, "employer_name", "单位名称", text},
    {0x30, an, 0x09, 1, "employer_code", "单位组织机构代码", ascii},
    {0x32, an, 0x02, 1, "person_class", "人员身份类别", code, CodeTable::person_class},
});
inline constexpr auto nationality_items = std::to_array<Item>({
    {0x37, an, 0x03, 1, "nationality", "国籍", ascii}, // ISO 3166 alpha-3, foreigners only
    {0x38, an, 0x02, 1, "political_status", "政治面貌", code, CodeTable::political_status},
    {0x39, cn, 0x04, 1, "party_joining_date", "参加党派日期", date},
});

inline constexpr auto degree_parts = std::to_array<Item>({
    {0x57, an, 0x03, 1, "degree_code", "学位代码", ascii},
    {0x58, cn, 0x03, 1, "major", "专业", digits},
    {0x59, an, 0x28, 1, "school", "学校", text},
});
inline constexpr auto education_items = std::to_array<Item>({
    {0x2A, cn, 0x01, 1, "education", "学历", code, CodeTable::education},
    {0x40, tlv, 0x34, 3, "degree", "学位信息", opaque, CodeTable::none, degree_parts},
});

/// One of the five files without a meaning yet, which anyone may read.
constexpr ElementaryFile reserved_file(std::uint16_t fid, std::string_view file_name,
                                       std::string_view label_zh, KeyName key) {
    return {fid, file_name, label_zh, transparent, 0x128, 0, anyone, with(key), no_items};
}

inline constexpr auto df01_files = std::to_array<ElementaryFile>({
    {0xEF05, "household_registration", "户籍信息", variable_records, 0, 0, with_pin_or(rk1_df01),
     with(uk1_df01), household_registration_items},
    {0xEF06, "residence", "常住地信息", variable_records, 0, 0, with_pin_or(rk1_df01),
     with(uk4_df01), residence_items},
    {0xEF07, "personal_status", "个人状况", variable_records, 0, 0, with_pin_or(rk1_df01),
     with(uk2_df01), personal_status_items},
    {0xEF08, "marital_status", "婚姻状况", variable_records, 0, 0, with_pin_or(rk1_df01),
     with(uk3_df01), marital_status_items},
    {0xEF09, "employer", "人员身份及单位", variable_records, 0, 0, with_pin_or(rk1_df01),
     with(uk2_df01), employer_items},
    {0xEF0A, "nationality", "国籍及政治面貌", variable_records, 0, 0, with_pin_or(rk1_df01),
     with(uk5_df01), nationality_items},
    {0xEF15, "education", "学历", variable_records, 0, 0, with_pin_or(rk1_df01), with(uk6_df01),
     education_items},
    reserved_file(0xEF16, "reserved_1", "预留1", uk7_df01),
    reserved_file(0xEF17, "reserved_2", "预留2", uk8_df01),
    reserved_file(0xEF18, "reserved_3", "预留3", uk9_df01),
    reserved_file(0xEF19, "reserved_4", "预留4", uka_df01),
    reserved_file(0xEF1A, "reserved_5", "预留5", ukb_df01),
});

inline constexpr DedicatedFile df01{Directory::df01, 0xDF01, df01_aid, df01_label, df01_files};

} // namespace apdu::layout
