#pragma once

#include "apdu/card_layout_row.hpp"

/// DF03 社会保险1. card.md §1.1, §1.8. The standard's names of the parts of 4A are not at hand:
/// theirs here are read from format and neighbours.
namespace apdu::layout {

inline constexpr auto df03_aid = std::to_array<std::uint8_t>({0xD1, 0x56, 0x00, 0x00, 0x05, 0x02});
inline constexpr std::string_view df03_label = "社会保险信息区1";

// Tag 60 (失业登记日) stands in DF02/EF06: see there.
inline constexpr auto unemployment_insurance_items = std::to_array<Item>({
    {0x61, cn, 0x03, 1, "insured_region", "参保地", region},
    {0x98, cn, 0x04, 1, "last_claim_date", "最近申领日", date},
    {0x62, cn, 0x04, 1, "report_or_update_date", "报到/更新日", date},
    {0x63, an, 0x03, 1, "months_paid", "累计缴费月", digits},
    {0x64, an, 0x03, 1, "valid_months_paid", "有效缴费月", digits},
    {0x65, an, 0x03, 1, "months_entitled", "应领月", digits},
    {0x66, an, 0x03, 1, "months_drawn", "已领月", digits},
});

inline constexpr auto confirmation_parts = std::to_array<Item>({
    {0x13, an, 0x02, 1, "matter", "", ascii},
    {0x14, an, 0x01, 1, "conclusion", "", ascii},
    {0x15, an, 0x14, 1, "number", "", text},
    {0x16, cn, 0x04, 1, "date", "", date},
    {0x17, an, 0x3C, 1, "body", "", text},
});
inline constexpr auto work_capacity_items = std::to_array<Item>({
    {0x45, an, 0x14, 1, "assessment_number", "编号", text},
    {0x46, an, 0x02, 1, "matter", "事项", ascii},
    {0x47, an, 0x02, 1, "disability_grade", "伤残等级", code, CodeTable::disability_grade},
    {0x48, an, 0x01, 1, "self_care_impairment", "自理障碍", ascii},
    {0x49, an, 0x01, 1, "work_capacity_loss", "丧失劳动能力", ascii},
    {0x67, cn, 0x04, 1, "assessment_date", "日期", date},
    {0x6B, an, 0x3C, 1, "assessment_body", "机构", text},
    {0x4A, tlv, 0x61, 3, "confirmation", "确认", opaque, CodeTable::none, confirmation_parts},
});

inline constexpr auto pension_insurance_items = std::to_array<Item>({
    {0x70, an, 0x03, 1, "insurance_kind", "险种", code, CodeTable::pension_kind},
    {0x71, cn, 0x03, 1, "insured_region", "参保地", region},
    {0x6E, cn, 0x04, 1, "account_opening_date", "建账日", date},
    {0x6C, cn, 0x04, 1, "retirement_date", "离退休日", date},
    {0x6F, cn, 0x04, 1, "benefit_start_date", "待遇开始", date},
    {0x73, cn, 0x04, 1, "update_date", "更新日", date},
});

inline constexpr auto work_injury_insurance_items = std::to_array<Item>({
    {0x7A, cn, 0x03, 1, "insured_region", "参保地", region},
    {0x7B, cn, 0x04, 1, "benefit_start_date", "待遇开始", date},
    {0x7C, cn, 0x04, 1, "update_date", "更新日", date},
});

inline constexpr auto maternity_insurance_items = std::to_array<Item>({
    {0x51, cn, 0x03, 1, "insured_region", "参保地", region},
    {0x5F, an, 0x01, 1, "unemployed_spouse", "未就业配偶", ascii},
});

inline constexpr auto work_injury_determination_items = std::to_array<Item>({
    {0x3B, an, 0x14, 1, "determination_number", "编号", text},
    {0x3C, an, 0x46, 1, "employer_name", "单位", text},
    {0x3D, an, 0x01, 1, "conclusion", "结论", ascii},
    {0x3E, cn, 0x04, 1, "determination_date", "日期", date},
    {0x3F, an, 0x3C, 1, "determining_body", "部门", text},
});

inline constexpr auto supported_relative_items = std::to_array<Item>({
    {0x74, an, 0x03, 1, "insurance_kind", "险种", code, CodeTable::insurance_kind},
    {0x75, cn, 0x03, 1, "insured_region", "参保地", region},
    {0x76, cn, 0x01, 1, "relation", "关系", code, CodeTable::dependant_relation},
    {0x77, cn, 0x04, 1, "benefit_start_date", "开始", date},
    {0x78, cn, 0x04, 1, "update_date", "更新日", date},
});

// The four records: pension, medical, unemployment, reserved.
inline constexpr auto insurance_certificate_parts = std::to_array<Item>({
    {0x18, an, 0x03, 1, "insurance_kind", "险种", code, CodeTable::insurance_kind},
    {0x19, cn, 0x03, 1, "insured_region", "参保地", region},
    {0x1A, cn, 0x04, 1, "start_date", "起", date},
    {0x1B, cn, 0x04, 1, "end_date", "止", date},
    {0x1C, cn, 0x04, 1, "amount_paid_fen", "缴费金额(分)", digits},
    {0x1D, an, 0x03, 1, "months_paid", "月数", digits},
    {0x1E, cn, 0x04, 1, "issue_date", "出具日", date},
});
inline constexpr auto insurance_certificate_items = std::to_array<Item>({
    {0x79, tlv, 0x27, 4, "insurance_certificate", "参保凭证", opaque, CodeTable::none,
     insurance_certificate_parts},
});

inline constexpr auto df03_files = std::to_array<ElementaryFile>({
    {0xEF05, "unemployment_insurance", "失业保险", variable_records, 0, 0, with_pin_or(rk2_df03),
     with(uk1_df03), unemployment_insurance_items},
    {0xEF06, "work_capacity_assessment", "劳动能力鉴定", variable_records, 0, 0,
     with_pin_or(rk1_df03), with(uk2_df03), work_capacity_items},
    {0xEF07, "pension_insurance", "养老保险", variable_records, 0, 0, with_pin_or(rk1_df03),
     with(uk3_df03), pension_insurance_items},
    {0xEF15, "work_injury_insurance", "工伤保险", variable_records, 0, 0, with_pin_or(rk1_df03),
     with(uk4_df03), work_injury_insurance_items},
    {0xEF16, "maternity_insurance", "生育保险", variable_records, 0, 0, with_pin_or(rk1_df03),
     with(uk5_df03), maternity_insurance_items},
    {0xEF17, "work_injury_determination", "工伤认定", variable_records, 0, 0, with_pin_or(rk1_df03),
     with(uk6_df03), work_injury_determination_items},
    {0xEF18, "supported_relatives", "供养亲属", variable_records, 0, 0, with_pin_or(rk1_df03),
     with(uk7_df03), supported_relative_items},
    {0xEF19, "insurance_certificates", "参保凭证", fixed_records, 0, 0, with_pin_or(rk1_df03),
     with(uk8_df03), insurance_certificate_items},
});

inline constexpr DedicatedFile df03{Directory::df03, 0xDF03, df03_aid, df03_label, df03_files};

} // namespace apdu::layout
