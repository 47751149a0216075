#pragma once

#include "apdu/card_layout_row.hpp"

/// DF02 就业与失业. card.md §1.1, §1.7. The standard's names of the parts of 43 and 44 and of the
/// fields of cyclic records are not at hand: theirs here are read from format and neighbours.
namespace apdu::layout {

inline constexpr auto df02_aid = std::to_array<std::uint8_t>({0xD1, 0x56, 0x00, 0x00, 0x05, 0x01});
inline constexpr std::string_view df02_label = "就业与失业信息区";

inline constexpr auto worker_qualification_parts = std::to_array<Item>({
    {0x5A, an, 0x07, 1, "occupation", "", ascii},
    {0x5B, an, 0x01, 1, "level", "", ascii},
    {0x5C, an, 0x46, 1, "issuing_body", "", text},
    {0x5D, cn, 0x04, 1, "issue_date", "", date},
    {0x5E, an, 0x10, 1, "certificate_number", "", text},
});
inline constexpr auto technical_qualification_parts = std::to_array<Item>({
    {0x33, an, 0x03, 1, "qualification_code", "", ascii},
    {0x34, an, 0x46, 1, "issuing_body", "", text},
    {0x35, cn, 0x04, 1, "issue_date", "", date},
    {0x36, an, 0x10, 1, "certificate_number", "", text},
});
inline constexpr auto occupational_skills_items = std::to_array<Item>({
    {0x42, an, 0x03, 1, "technical_post_code", "专业技术职务代码", ascii},
    {0x41, an, 0x03, 1, "technical_post_level", "级别", ascii},
    {0x43, tlv, 0x6C, 2, "worker_qualification", "职业资格(工人)", opaque, CodeTable::none,
     worker_qualification_parts},
    {0x44, tlv, 0x65, 2, "technical_qualification", "职业资格(专技)", opaque, CodeTable::none,
     technical_qualification_parts},
});

inline constexpr auto employment_status_items = std::to_array<Item>({
    {0x4C, cn, 0x04, 1, "employment_registration_date", "就业登记日期", date},
    {0x4B, an, 0x05, 1, "employment_kind_and_form", "登记类型及形式", code,
     CodeTable::registration_kind_and_form},
    {0x4D, cn, 0x03, 1, "employment_registration_region", "登记地", region},
    // The standard lists 60 here and in DF03/EF05 and wants it in exactly one of them. ASSUMED
    // here: it is the date of what 4F and 50 tell, and field programs read it here.
    {0x60, cn, 0x04, 1, "unemployment_registration_date", "失业登记日期", date},
    {0x4F, an, 0x06, 1, "unemployment_kind_and_reason", "失业登记类型/原因", ascii},
    {0x50, cn, 0x03, 1, "unemployment_registration_region", "登记地", region},
    {0x3A, an, 0x07, 1, "occupation", "现从事职业", ascii},
});

inline constexpr auto employment_history_fields = std::to_array<Item>({
    {0x00, an, 0x07, 1, "occupation", "", ascii},
    {0x00, cn, 0x04, 1, "start_date", "", date},
    {0x00, cn, 0x04, 1, "end_date", "", date},
    {0x00, an, 0x46, 1, "employer_name", "", text},
});

inline constexpr auto registration_certificate_items = std::to_array<Item>({
    {0x55, an, 0x10, 1, "certificate_number", "编号", text},
    {0x56, an, 0x46, 1, "issuing_body", "发证机构", text},
    {0x96, cn, 0x04, 1, "issue_or_annual_check_date", "发证/年检日期", date},
    {0x97, cn, 0x03, 1, "issuing_region", "发证地", region},
});

inline constexpr auto assistance_parts = std::to_array<Item>({
    {0x10, an, 0x03, 1, "kind", "类型", code, CodeTable::assistance_kind},
    {0x11, cn, 0x04, 1, "date", "日期", date},
    {0x12, cn, 0x03, 1, "region", "地", region},
});
inline constexpr auto employment_assistance_items = std::to_array<Item>({
    {0x99, tlv, 0x10, 4, "assistance", "就业援助对象", opaque, CodeTable::none, assistance_parts},
    {0x0F, cn, 0x04, 1, "exit_date", "退出日期", date},
    {0x1F, cn, 0x03, 1, "exit_region", "退出认定地", region},
});

inline constexpr auto support_policy_fields = std::to_array<Item>({
    {0x00, an, 0x03, 1, "kind", "", code, CodeTable::policy_kind},
    {0x00, cn, 0x04, 1, "approval_date", "", date},
    {0x00, cn, 0x04, 1, "start_date", "", date},
    {0x00, cn, 0x04, 1, "end_date", "", date},
    {0x00, cn, 0x03, 1, "region", "", region},
});

inline constexpr auto df02_files = std::to_array<ElementaryFile>({
    preset({0xEF05, "occupational_skills", "职业和专业技能", variable_records, 0, 0,
            with_pin_or(rk1_df02), with(uk1_df02), occupational_skills_items}),
    {0xEF06, "employment_status", "就业状况", variable_records, 0, 0, with_pin_or(rk1_df02),
     with(uk2_df02), employment_status_items},
    {0xEF07, "employment_history", "就业记录", cyclic, 0x55, 4, with_pin_or(rk1_df02),
     with(uk3_df02), employment_history_fields},
    {0xEF09, "registration_certificate", "就业失业登记证", variable_records, 0, 0,
     with_pin_or(rk1_df02), with(uk4_df02), registration_certificate_items},
    {0xEF15, "employment_assistance", "就业援助对象", variable_records, 0, 0, with_pin_or(rk1_df02),
     with(uk5_df02), employment_assistance_items},
    {0xEF16, "support_policies", "扶持政策", cyclic, 0x12, 4, with_pin_or(rk1_df02), with(uk6_df02),
     support_policy_fields},
});

inline constexpr DedicatedFile df02{Directory::df02, 0xDF02, df02_aid, df02_label, df02_files};

} // namespace apdu::layout
