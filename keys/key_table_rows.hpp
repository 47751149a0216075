#pragma once

#include "keys/key_table.hpp"

#include <array>

namespace keys::rows {

using enum apdu::KeyName;
using enum KeyRoot;

inline constexpr auto stated = Assumed::nothing;
inline constexpr auto of_id = Assumed::card_id;
inline constexpr auto of_usage = Assumed::psam_usage;
inline constexpr auto of_both = Assumed::card_id_and_psam_usage;
inline constexpr auto type_mk = T514KeyType::mk;
inline constexpr auto type_irk = T514KeyType::irk;
inline constexpr auto type_stk = T514KeyType::stk;
inline constexpr auto type_ext = T514KeyType::external_authentication;
inline constexpr auto type_dlk = T514KeyType::dlk;
inline constexpr auto type_dpk = T514KeyType::dpk;
inline constexpr auto type_dtk = T514KeyType::dtk;
inline constexpr auto level_1 = national_level_1;
inline constexpr auto level_3 = national_level_3;
inline constexpr std::nullopt_t none = std::nullopt;

/// A key in a PSAM.
constexpr PsamKey psam(std::uint8_t usage, std::uint8_t id) { return {usage, id}; }

/// card.md §3.2: ids, addresses, groups and sizes from its first table, roots and default usage
/// bytes from its cross-table. Where that leaves a usage to the provinces, one dispersal of the
/// type seen in the field is ASSUMED (RK1DF01: as RK1DF03). The last column says which of id and
/// usage is ASSUMED. DPK: the PSAM id and HSM address of version 1. LKDF06 has no known id.
inline constexpr auto all = std::to_array<KeyRow>({
    // clang-format off
    // name        id    PSAM              HSM     groups, bytes on 3DES, root, type
    {irk,           0x00, psam(0x67, 0x08), 0x0170, 3, 16, level_1, type_irk, stated},
    {puk,           0x06, psam(0x28, 0x10), 0x0090, 1, 16, local,   type_ext, of_usage}, // ASSUMED
    {bk,            0x05, psam(0x28, 0x11), 0x0091, 1, 16, local,   type_ext, stated},
    {stk_ssse,      0x02, psam(0x26, 0x09), 0x0173, 1,  8, level_3, type_stk, stated},
    {uk_ssse,       0x04, psam(0x28, 0x12), 0x0094, 3, 16, local,   type_ext, of_usage}, // ASSUMED
    {rk_ssse,       0x0A, psam(0x27, 0x0A), 0x004C, 3, 16, local,   type_ext, of_usage}, // ASSUMED
    {stk_df01,      0x82, psam(0x26, 0x20), 0x0174, 1,  8, level_3, type_stk, stated},
    {rk1_df01,      0x88, psam(0x67, 0x2E), 0x004F, 3, 16, level_1, type_ext, of_usage}, // ASSUMED
    {uk1_df01,      0x83, psam(0x28, 0x42), 0x0097, 3, 16, local,   type_ext, of_usage}, // ASSUMED
    {uk2_df01,      0x84, psam(0x28, 0x43), 0x009A, 3, 16, local,   type_ext, of_usage}, // ASSUMED
    {uk3_df01,      0x85, psam(0x27, 0x24), 0x0176, 3, 16, level_3, type_ext, stated},
    {uk4_df01,      0x86, psam(0x27, 0x25), 0x0179, 3, 16, level_3, type_ext, stated},
    {uk5_df01,      0x87, psam(0x28, 0x44), 0x009D, 3, 16, local,   type_ext, of_usage}, // ASSUMED
    {uk6_df01,      0x89, psam(0x27, 0x2F), 0x0052, 3, 16, local,   type_ext, of_usage}, // ASSUMED
    {uk7_df01,      0x8A, psam(0x27, 0x30), 0x0055, 3, 16, local,   type_ext, of_both},  // ASSUMED
    {uk8_df01,      0x8B, psam(0x27, 0x31), 0x0058, 3, 16, local,   type_ext, of_both},  // ASSUMED
    {uk9_df01,      0x8C, psam(0x27, 0x32), 0x005B, 3, 16, local,   type_ext, of_both},  // ASSUMED
    {uka_df01,      0x8D, psam(0x27, 0x33), 0x005E, 3, 16, local,   type_ext, of_both},  // ASSUMED
    {ukb_df01,      0x8E, psam(0x27, 0x34), 0x0061, 3, 16, local,   type_ext, of_both},  // ASSUMED
    {stk_df02,      0x82, psam(0x26, 0x21), 0x0185, 1,  8, level_3, type_stk, stated},
    {rk1_df02,      0x88, psam(0x27, 0x35), 0x0064, 3, 16, local,   type_ext, of_usage}, // ASSUMED
    {uk1_df02,      0x83, psam(0x27, 0x26), 0x0187, 3, 16, level_3, type_ext, stated},
    {uk2_df02,      0x84, psam(0x28, 0x45), 0x00A0, 3, 16, local,   type_ext, of_usage}, // ASSUMED
    {uk3_df02,      0x85, psam(0x28, 0x46), 0x00A3, 3, 16, local,   type_ext, of_usage}, // ASSUMED
    {uk4_df02,      0x86, psam(0x27, 0x27), 0x018A, 3, 16, level_3, type_ext, stated},
    {uk5_df02,      0x87, psam(0x27, 0x28), 0x018D, 3, 16, level_3, type_ext, stated},
    {uk6_df02,      0x89, psam(0x27, 0x36), 0x0067, 3, 16, local,   type_ext, of_usage}, // ASSUMED
    {stk_df03,      0x82, psam(0x26, 0x22), 0x0186, 1,  8, level_3, type_stk, stated},
    {lk_df03,       0x83, psam(0x28, 0x40), 0x0092, 1, 16, local,   type_ext, of_usage}, // ASSUMED
    {rk1_df03,      0x84, psam(0x67, 0x2B), 0x0193, 3, 16, level_1, type_ext, stated},
    {rk2_df03,      0x85, psam(0x67, 0x2C), 0x0196, 3, 16, level_1, type_ext, stated},
    {uk1_df03,      0x86, psam(0x28, 0x47), 0x00A6, 3, 16, local,   type_ext, of_usage}, // ASSUMED
    {uk2_df03,      0x87, psam(0x27, 0x29), 0x0190, 3, 16, level_3, type_ext, stated},
    {uk3_df03,      0x88, psam(0x28, 0x48), 0x00A9, 3, 16, local,   type_ext, of_usage}, // ASSUMED
    {uk4_df03,      0x89, psam(0x27, 0x37), 0x006A, 3, 16, local,   type_ext, of_usage}, // ASSUMED
    {uk5_df03,      0x8A, psam(0x27, 0x38), 0x006D, 3, 16, local,   type_ext, of_usage}, // ASSUMED
    {uk6_df03,      0x8B, psam(0x27, 0x39), 0x0070, 3, 16, local,   type_ext, of_usage}, // ASSUMED
    {uk7_df03,      0x8C, psam(0x27, 0x3A), 0x0073, 3, 16, local,   type_ext, of_usage}, // ASSUMED
    {uk8_df03,      0x8D, psam(0x27, 0x3B), 0x0076, 3, 16, local,   type_ext, of_usage}, // ASSUMED
    {stk_df04,      0x82, psam(0x26, 0x23), 0x0175, 1,  8, level_3, type_stk, stated},
    {lk_df04,       0x83, psam(0x28, 0x41), 0x0093, 1, 16, local,   type_ext, of_usage}, // ASSUMED
    {rk1_df04,      0x84, psam(0x67, 0x2D), 0x0182, 3, 16, level_1, type_ext, stated},
    {uk1_df04,      0x85, psam(0x28, 0x49), 0x00AC, 3, 16, local,   type_ext, of_usage}, // ASSUMED
    {uk2_df04,      0x86, psam(0x27, 0x2A), 0x017C, 3, 16, level_3, type_ext, stated},
    {dsk,           0x87, psam(0x27, 0x4A), 0x00AF, 3, 16, local,   type_ext, of_both},  // ASSUMED
    {dlk,           0x00, psam(0x29, 0x4B), 0x00B2, 3, 16, local,   type_dlk, of_both},  // ASSUMED
    {dpk,           0x00, psam(0x22, 0x01), 0x017F, 3, 16, level_3, type_dpk, of_id},    // ASSUMED
    {dtk,           0x00, psam(0x2C, 0x4C), 0x00B5, 3, 16, local,   type_dtk, of_both},  // ASSUMED
    {stk_df05,      0x82, psam(0x26, 0xB3), 0x008C, 1,  8, local,   type_stk, of_both},  // ASSUMED
    {uk1_df05,      0x83, psam(0x27, 0xB4), 0x008D, 3, 16, local,   type_ext, of_both},  // ASSUMED
    {stk_df06,      0x82, none,             none,   1,  8, local,   type_stk, of_id},    // ASSUMED
    {lk_df06,       none, none,             none,   1, 16, local,   type_ext, stated},
    {rk1_df06,      0x83, psam(0x28, 0x52), none,   3, 16, local,   type_ext, of_usage}, // ASSUMED
    {uk1_df06,      0x84, none,             none,   3, 16, local,   type_ext, of_id},    // ASSUMED
    {uk2_df06,      0x85, none,             none,   3, 16, local,   type_ext, of_id},    // ASSUMED
    {stk_df07,      0x82, psam(0x26, 0x3C), 0x0079, 1,  8, local,   type_stk, of_both},  // ASSUMED
    {rk1_df07,      0x83, psam(0x27, 0x3D), 0x007A, 3, 16, local,   type_ext, of_usage}, // ASSUMED
    {rk2_df07,      0x84, psam(0x27, 0x3F), 0x0080, 3, 16, local,   type_ext, of_usage}, // ASSUMED
    {rk3_df07,      0x85, psam(0x27, 0xB1), 0x0086, 3, 16, local,   type_ext, of_usage}, // ASSUMED
    {uk1_df07,      0x86, psam(0x27, 0x3E), 0x007D, 3, 16, local,   type_ext, of_both},  // ASSUMED
    {uk2_df07,      0x87, psam(0x27, 0xB0), 0x0083, 3, 16, local,   type_ext, of_both},  // ASSUMED
    {uk3_df07,      0x88, psam(0x27, 0xB2), 0x0089, 3, 16, local,   type_ext, of_both},  // ASSUMED
    {mk_mf,         0x00, none,             none,   1, 16, local,   type_mk,  stated},
    {mk_ssse,       0x00, none,             none,   1, 16, local,   type_mk,  stated},
    {mk_df01,       0x00, none,             none,   1, 16, local,   type_mk,  stated},
    {mk_df02,       0x00, none,             none,   1, 16, local,   type_mk,  stated},
    {mk_df03,       0x00, none,             none,   1, 16, local,   type_mk,  stated},
    {mk_df04,       0x00, none,             none,   1, 16, local,   type_mk,  stated},
    {mk_df05,       0x00, none,             none,   1, 16, local,   type_mk,  stated},
    {mk_df06,       0x00, none,             none,   1, 16, local,   type_mk,  stated},
    {mk_df07,       0x00, none,             none,   1, 16, local,   type_mk,  stated},
    {temporary_mk,  0x00, none,             none,   1, 16, local,   type_mk,  stated},
    {transport_key, none, none,             none,   1, 16, local,   type_mk,  stated},
    // clang-format on
});

} // namespace keys::rows
