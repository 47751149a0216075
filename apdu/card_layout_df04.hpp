#pragma once

#include "apdu/card_layout_row.hpp"

/// DF04 社会保险2 (medical). card.md §1.1, §1.9.
namespace apdu::layout {

inline constexpr auto df04_aid = std::to_array<std::uint8_t>({0xD1, 0x56, 0x00, 0x00, 0x05, 0x03});
inline constexpr std::string_view df04_label = "社会保险信息区2";

inline constexpr auto medical_insurance_items = std::to_array<Item>({
    // Digits: 1–3 insurance type, 4 off-site approval, 5 outpatient pooling, 6 chronic or major
    // outpatient, 7 relief, 8 veterans' subsidy.
    {0x81, an, 0x08, 1, "insurance_kind_and_marks", "险种及标识", ascii},
    {0x84, cn, 0x03, 1, "insured_region", "参保地", region},
    {0x87, an, 0x11, 1, "health_record_number", "健康档案号", ascii},
    {0x8C, cn, 0x01, 1, "medical_person_class", "人员类别", code, CodeTable::medical_person_class},
    {0x80, cn, 0x04, 1, "account_opening_date", "建账日", date},
    {0x8B, an, 0x1D, 1, "personal_account", "个人账号", ascii},
    {0x8A, an, 0x0F, 1, "medical_certificate_number", "医疗证号", text},
    {0x83, an, 0x09, 1, "designated_hospital_1", "定点医疗机构1", ascii},
    {0x86, an, 0x09, 1, "designated_hospital_2", "定点医疗机构2", ascii},
    {0x89, an, 0x09, 1, "designated_hospital_3", "定点医疗机构3", ascii},
    {0x7D, an, 0x09, 1, "work_injury_hospital_1", "工伤协议机构1", ascii},
    {0x7E, an, 0x09, 1, "work_injury_hospital_2", "工伤协议机构2", ascii},
    {0x7F, an, 0x09, 1, "work_injury_hospital_3", "工伤协议机构3", ascii},
    {0x8D, an, 0x09, 1, "maternity_hospital_1", "生育定点1", ascii},
    {0x8E, an, 0x09, 1, "maternity_hospital_2", "生育定点2", ascii},
    {0x8F, an, 0x01, 1, "card_use", "用卡方式", code, CodeTable::card_use},
});

inline constexpr auto offline_settlement_items = std::to_array<Item>({
    {0x90, an, 0x01, 1, "offline_permitted", "准许脱网", ascii},
    {0x92, cn, 0x04, 1, "total_amount_fen", "累计金额(分)", digits},
    {0x93, an, 0x02, 1, "total_count", "累计次数", digits},
});

inline constexpr auto medical_transaction_fields = std::to_array<Item>({
    {0x00, b, 0x02, 1, "sequence", "", number},
    {0x00, an, 0x01, 1, "kind", "", code, CodeTable::transaction_kind},
    {0x00, cn, 0x06, 1, "terminal_number", "终端机编号", fixed_digits},
    {0x00, cn, 0x07, 1, "time", "", date_time},
    {0x00, b, 0x04, 1, "account_amount_fen", "", number},
    {0x00, b, 0x04, 1, "self_paid_amount_fen", "", number},
    {0x00, b, 0x04, 1, "pool_amount_fen", "", number},
});

inline constexpr auto special_settlement_fields = std::to_array<Item>({
    {0x00, b, 0x02, 1, "sequence", "", number},
    {0x00, an, 0x01, 1, "settlement_class", "", code, CodeTable::settlement_class},
});

// The standard gives lengths only; ASSUMED that the card keeps them as it answers them in load and
// purchase: binary counters and amounts in fen, year and month and day as packed digits.
inline constexpr auto medical_amount_fields = std::to_array<Item>({
    {0x00, b, 0x02, 1, "online_counter", "", number},
    {0x00, b, 0x02, 1, "offline_counter", "", number},
    {0x00, b, 0x04, 1, "balance_fen", "", number},
    {0x00, b, 0x04, 1, "year_self_paid_fen", "", number},
    {0x00, b, 0x04, 1, "year_pool_fen", "", number},
    {0x00, cn, 0x02, 1, "year", "", fixed_digits},
    {0x00, cn, 0x02, 1, "year_start", "", fixed_digits}, // MMDD
});

inline constexpr auto df04_files = std::to_array<ElementaryFile>({
    {0xEF05, "medical_insurance", "医保基本信息", variable_records, 0, 0, with_pin_or(rk1_df04),
     with(uk1_df04), medical_insurance_items},
    {0xEF06, "offline_settlement", "临时脱网结算", variable_records, 0, 0, with_pin_and(rk1_df04),
     with(uk2_df04), offline_settlement_items},
    {0xEF08, "medical_transactions", "医疗交易明细", cyclic, 0x1C, 30, with_pin, nobody,
     medical_transaction_fields},
    {0xEF15, "special_settlements", "特殊医疗结算", cyclic, 0x03, 8, with_pin_or(rk1_df04),
     with(uk2_df04), special_settlement_fields},
    // It has no FID in the standard; ASSUMED 001B, the T514 card operating system's TF.
    assumed(internal({0x001B, "medical_amounts", "医疗保险金额文件", transparent, 0x14, 0, nobody,
                      nobody, medical_amount_fields})),
});

inline constexpr DedicatedFile df04{Directory::df04, 0xDF04, df04_aid, df04_label, df04_files};

} // namespace apdu::layout
