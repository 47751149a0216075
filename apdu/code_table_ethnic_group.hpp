#pragma once

#include "apdu/code_tables.hpp"

#include <array>

/// The ethnic groups of GB 3304 as card.md §1.12 lists them; only code_tables.cpp includes them.
namespace apdu::code_tables {

inline constexpr auto ethnic_group = std::to_array<CodeRow>({
    {"01", {"Han", "汉族"}},          {"02", {"Mongol", "蒙古族"}},
    {"03", {"Hui", "回族"}},          {"04", {"Tibetan", "藏族"}},
    {"05", {"Uyghur", "维吾尔族"}},   {"06", {"Miao", "苗族"}},
    {"07", {"Yi", "彝族"}},           {"08", {"Zhuang", "壮族"}},
    {"09", {"Bouyei", "布依族"}},     {"10", {"Korean", "朝鲜族"}},
    {"11", {"Manchu", "满族"}},       {"12", {"Dong", "侗族"}},
    {"13", {"Yao", "瑶族"}},          {"14", {"Bai", "白族"}},
    {"15", {"Tujia", "土家族"}},      {"16", {"Hani", "哈尼族"}},
    {"17", {"Kazakh", "哈萨克族"}},   {"18", {"Dai", "傣族"}},
    {"19", {"Li", "黎族"}},           {"20", {"Lisu", "傈僳族"}},
    {"21", {"Va", "佤族"}},           {"22", {"She", "畲族"}},
    {"23", {"Gaoshan", "高山族"}},    {"24", {"Lahu", "拉祜族"}},
    {"25", {"Sui", "水族"}},          {"26", {"Dongxiang", "东乡族"}},
    {"27", {"Naxi", "纳西族"}},       {"28", {"Jingpo", "景颇族"}},
    {"29", {"Kyrgyz", "柯尔克孜族"}}, {"30", {"Tu", "土族"}},
    {"31", {"Daur", "达斡尔族"}},     {"32", {"Mulao", "仫佬族"}},
    {"33", {"Qiang", "羌族"}},        {"34", {"Blang", "布朗族"}},
    {"35", {"Salar", "撒拉族"}},      {"36", {"Maonan", "毛南族"}},
    {"37", {"Gelao", "仡佬族"}},      {"38", {"Xibe", "锡伯族"}},
    {"39", {"Achang", "阿昌族"}},     {"40", {"Pumi", "普米族"}},
    {"41", {"Tajik", "塔吉克族"}},    {"42", {"Nu", "怒族"}},
    {"43", {"Uzbek", "乌孜别克族"}},  {"44", {"Russian", "俄罗斯族"}},
    {"45", {"Evenki", "鄂温克族"}},   {"46", {"De'ang", "德昂族"}},
    {"47", {"Bonan", "保安族"}},      {"48", {"Yugur", "裕固族"}},
    {"49", {"Gin", "京族"}},          {"50", {"Tatar", "塔塔尔族"}},
    {"51", {"Derung", "独龙族"}},     {"52", {"Oroqen", "鄂伦春族"}},
    {"53", {"Hezhen", "赫哲族"}},     {"54", {"Monba", "门巴族"}},
    {"55", {"Lhoba", "珞巴族"}},      {"56", {"Jino", "基诺族"}},
    {"99", {"other", "其他"}},
});

} // namespace apdu::code_tables
