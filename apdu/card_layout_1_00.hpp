#pragma once

#include "apdu/card_layout_df01.hpp"
#include "apdu/card_layout_df02.hpp"
#include "apdu/card_layout_df03.hpp"
#include "apdu/card_layout_df04.hpp"

/// The applications of generation 1.00 (LB 002-2000) as far as they are known: card.md §1.11 names
/// these four files and guards three of them; their items are not public. ASSUMED: nobody writes
/// them, and DF02/EF06 is guarded as on 2.00. A salary file written under UK5DF01 has no known FID.
namespace apdu::layout {

inline constexpr auto df01_files_1_00 = std::to_array<ElementaryFile>({
    assumed(
        {0xEF06, "contact_data", "通讯信息", variable_records, 0, 0, with_pin, nobody, no_items}),
});
inline constexpr auto df02_files_1_00 = std::to_array<ElementaryFile>({
    assumed({0xEF06, "employment_status", "就业失业", variable_records, 0, 0, with_pin_or(rk1_df02),
             nobody, no_items}),
});
inline constexpr auto df03_files_1_00 = std::to_array<ElementaryFile>({
    assumed({0xEF05, "unemployment_insurance", "失业保险", variable_records, 0, 0,
             with_pin_and(rk2_df03), nobody, no_items}),
});
inline constexpr auto df04_files_1_00 = std::to_array<ElementaryFile>({
    assumed({0xEF06, "medical_account", "医保账户信息", variable_records, 0, 0,
             with_pin_and(rk1_df04), nobody, no_items}),
});

inline constexpr DedicatedFile df01_1_00{Directory::df01, 0xDF01, df01_aid, df01_label,
                                         df01_files_1_00};
inline constexpr DedicatedFile df02_1_00{Directory::df02, 0xDF02, df02_aid, df02_label,
                                         df02_files_1_00};
inline constexpr DedicatedFile df03_1_00{Directory::df03, 0xDF03, df03_aid, df03_label,
                                         df03_files_1_00};
inline constexpr DedicatedFile df04_1_00{Directory::df04, 0xDF04, df04_aid, df04_label,
                                         df04_files_1_00};

} // namespace apdu::layout
