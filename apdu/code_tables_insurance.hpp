#pragma once

#include "apdu/code_tables.hpp"

#include <array>

/// Codes of employment and insurance: card.md §1.9, §1.12; only code_tables.cpp includes them.
namespace apdu::code_tables {

inline constexpr auto pension_kind = std::to_array<CodeRow>({
    {"110", {"enterprise employees' pension", "企业养老"}},
    {"120", {"government employees' pension", "机关养老"}},
    {"150", {"new rural pension", "新农保"}},
    {"160", {"urban residents' pension", "城居养老"}},
    {"170", {"urban and rural residents' pension", "城乡养老"}},
});

// The pension kinds and the other branches. 340 and 360 are for medical insurance only.
inline constexpr auto insurance_kind = std::to_array<CodeRow>({
    {"110", {"enterprise employees' pension", "企业养老"}},
    {"120", {"government employees' pension", "机关养老"}},
    {"150", {"new rural pension", "新农保"}},
    {"160", {"urban residents' pension", "城居养老"}},
    {"170", {"urban and rural residents' pension", "城乡养老"}},
    {"210", {"unemployment", "失业"}},
    {"310", {"employees' medical", "职工医保"}},
    {"340", {"retired cadres' medical", "离休"}},
    {"360", {"Red Army veterans' medical", "老红军"}},
    {"380", {"new rural cooperative medical", "新农合"}},
    {"390", {"urban and rural residents' medical", "城乡居民"}},
    {"391", {"urban residents' medical", "城镇居民"}},
    {"410", {"work injury", "工伤"}},
    {"510", {"maternity", "生育"}},
});

inline constexpr auto medical_person_class = std::to_array<CodeRow>({
    {"11", {"in work", "在职"}},
    {"21", {"retired", "退休"}},
    {"22", {"retired and settled elsewhere", "易地安置"}},
    {"31", {"retired cadre", "离休"}},
    {"32", {"Red Army veteran", "老红军"}},
    {"33", {"disabled soldier of grade two, class B", "二乙伤残"}},
    {"34", {"entitled to special medical care", "医疗照顾"}},
    {"91", {"other", "其他"}},
});

inline constexpr auto disability_grade = std::to_array<CodeRow>({
    {"01", {"grade 1", "一级"}},
    {"02", {"grade 2", "二级"}},
    {"03", {"grade 3", "三级"}},
    {"04", {"grade 4", "四级"}},
    {"05", {"grade 5", "五级"}},
    {"06", {"grade 6", "六级"}},
    {"07", {"grade 7", "七级"}},
    {"08", {"grade 8", "八级"}},
    {"09", {"grade 9", "九级"}},
    {"10", {"grade 10", "十级"}},
    {"11", {"below grade", "未达等级"}},
});

inline constexpr auto dependant_relation = std::to_array<CodeRow>({
    {"1", {"spouse", "配偶"}},
    {"2", {"child", "子女"}},
    {"4", {"grandchild", "孙子女"}},
    {"5", {"parent", "父母"}},
    {"6", {"grandparent", "祖父母"}},
    {"7", {"sibling", "兄弟姐妹"}},
});

inline constexpr auto registration_kind = std::to_array<CodeRow>({
    {"10", {}},
    {"20", {}},
});

inline constexpr auto employment_form = std::to_array<CodeRow>({
    {"010", {}},
    {"020", {}},
    {"021", {}},
    {"022", {}},
    {"023", {}},
    {"030", {}},
    {"990", {}},
});

// The standard says 010–070; ASSUMED in steps of ten, as are the forms of employment.
inline constexpr auto assistance_kind = std::to_array<CodeRow>({
    {"010", {}},
    {"020", {}},
    {"030", {}},
    {"040", {}},
    {"050", {}},
    {"060", {}},
    {"070", {}},
    {"990", {}},
});

// The standard says 010–080; ASSUMED in steps of ten.
inline constexpr auto policy_kind = std::to_array<CodeRow>({
    {"010", {}},
    {"020", {}},
    {"030", {}},
    {"040", {}},
    {"050", {}},
    {"060", {}},
    {"070", {}},
    {"080", {}},
    {"990", {}},
});

inline constexpr auto placement_kind = std::to_array<CodeRow>({
    {"1", {}},
    {"2", {}},
    {"3", {}},
    {"9", {}},
});

inline constexpr auto card_use = std::to_array<CodeRow>({
    {"1", {"online", "联机"}},
    {"2", {"offline", "脱机"}},
});

// Each kind with each form.
inline constexpr auto registration_kind_and_form = std::to_array<CodeRow>({
    {"10010", {}},
    {"10020", {}},
    {"10021", {}},
    {"10022", {}},
    {"10023", {}},
    {"10030", {}},
    {"10990", {}},
    {"20010", {}},
    {"20020", {}},
    {"20021", {}},
    {"20022", {}},
    {"20023", {}},
    {"20030", {}},
    {"20990", {}},
});

inline constexpr auto transaction_kind = std::to_array<CodeRow>({
    {"1", {"load", "划拨"}},
    {"2", {"settlement", "结算"}},
});

inline constexpr auto settlement_class = std::to_array<CodeRow>({
    {"1", {"work injury", "工伤"}},
    {"2", {"maternity", "生育"}},
    {"3", {"relief", "救助"}},
    {"9", {"other", "其他"}},
});

} // namespace apdu::code_tables
