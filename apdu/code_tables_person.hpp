#pragma once

#include "apdu/code_tables.hpp"

#include <array>

/// Codes that tell who a person is: card.md §1.5, §1.12; only code_tables.cpp includes them.
namespace apdu::code_tables {

inline constexpr auto card_class = std::to_array<CodeRow>({
    {"1", {"pre-school", "学龄前"}},
    {"2", {"student", "学生"}},
    {"3", {"adult, or not distinguished", "成人或不区分"}},
    {"4", {"senior", "老年"}},
});

inline constexpr auto sex = std::to_array<CodeRow>({
    {"1", {"male", "男"}},
    {"2", {"female", "女"}},
    {"9", {"not stated", "未说明"}},
});

inline constexpr auto household_class = std::to_array<CodeRow>({
    {"10", {"non-agricultural", "非农业户口"}},
    {"11", {"local non-agricultural", "本地非农业户口"}},
    {"12", {"non-local non-agricultural", "外地非农业户口"}},
    {"20", {"agricultural", "农业户口"}},
    {"21", {"local agricultural", "本地农业户口"}},
    {"22", {"non-local agricultural", "外地农业户口"}},
    {"30", {"Hong Kong, Macao, Taiwan or overseas Chinese", "港澳台居民及华侨"}},
    {"31", {"Hong Kong", "香港"}},
    {"32", {"Macao", "澳门"}},
    {"33", {"Taiwan", "台湾"}},
    {"34", {"overseas Chinese", "华侨"}},
    {"40", {"foreigner", "外国人"}},
    {"41", {"foreigner without permanent residence", "未取得永久居留资格的外国人"}},
    {"42", {"foreigner with permanent residence", "取得永久居留资格的外国人"}},
    {"50", {"resident", "居民户口"}},
    {"51", {"local resident", "本地居民户口"}},
    {"52", {"non-local resident", "外地居民户口"}},
});

inline constexpr auto employment_state = std::to_array<CodeRow>({
    {"1", {"employed", "就业"}},
    {"2", {"retired cadre", "离休"}},
    {"3", {"retired", "退休"}},
    {"4", {"retired by resignation", "退职"}},
    {"5", {"unemployed", "失业"}},
    {"6", {"no job", "无业"}},
    {"7", {"never employed", "未就业"}},
    {"8", {"other", "其他"}},
});

inline constexpr auto marital_state = std::to_array<CodeRow>({
    {"1", {"single", "未婚"}},
    {"2", {"married", "已婚"}},
    {"3", {"widowed", "丧偶"}},
    {"4", {"divorced", "离婚"}},
    {"9", {"not stated", "未说明"}},
});

inline constexpr auto person_class = std::to_array<CodeRow>({
    {"11", {}},
    {"12", {}},
    {"13", {}},
    {"17", {}},
    {"21", {}},
    {"24", {}},
    {"27", {}},
    {"31", {}},
    {"37", {}},
    {"51", {}},
    {"54", {}},
    {"70", {}},
    {"80", {}},
    {"90", {}},
});

inline constexpr auto political_status = std::to_array<CodeRow>({
    {"01", {}},
    {"02", {}},
    {"03", {}},
    {"04", {}},
    {"05", {}},
    {"06", {}},
    {"07", {}},
    {"08", {}},
    {"09", {}},
    {"10", {}},
    {"11", {}},
    {"12", {}},
    {"13", {}},
});

inline constexpr auto education = std::to_array<CodeRow>({
    {"11", {"doctor", "博士"}},
    {"14", {"master", "硕士"}},
    {"21", {"bachelor", "本科"}},
    {"31", {"junior college", "专科"}},
    {"41", {"secondary technical school", "中专"}},
    {"44", {"vocational high school", "职高"}},
    {"47", {"skilled workers' school", "技校"}},
    {"61", {"senior high school", "高中"}},
    {"71", {"junior high school", "初中"}},
    {"81", {"primary school", "小学"}},
    {"90", {"other", "其他"}},
});

} // namespace apdu::code_tables
