#include "apdu/key_name.hpp"

#include "apdu/require.hpp"

#include <algorithm>
#include <array>

namespace apdu {
namespace {

struct Row {
    KeyName name;
    std::string_view text;
    Directory directory;
};

// card.md §3.1–3.2; the keys of the medical purchase application (DSK … DTK) stand in DF04.
constexpr auto rows = std::to_array<Row>({
    {KeyName::irk, "IRK", Directory::ssse},
    {KeyName::puk, "PUK", Directory::ssse},
    {KeyName::bk, "BK", Directory::ssse},
    {KeyName::stk_ssse, "STKSSSE", Directory::ssse},
    {KeyName::uk_ssse, "UKSSSE", Directory::ssse},
    {KeyName::rk_ssse, "RKSSSE", Directory::ssse},
    {KeyName::stk_df01, "STKDF01", Directory::df01},
    {KeyName::rk1_df01, "RK1DF01", Directory::df01},
    {KeyName::uk1_df01, "UK1DF01", Directory::df01},
    {KeyName::uk2_df01, "UK2DF01", Directory::df01},
    {KeyName::uk3_df01, "UK3DF01", Directory::df01},
    {KeyName::uk4_df01, "UK4DF01", Directory::df01},
    {KeyName::uk5_df01, "UK5DF01", Directory::df01},
    {KeyName::uk6_df01, "UK6DF01", Directory::df01},
    {KeyName::uk7_df01, "UK7DF01", Directory::df01},
    {KeyName::uk8_df01, "UK8DF01", Directory::df01},
    {KeyName::uk9_df01, "UK9DF01", Directory::df01},
    {KeyName::uka_df01, "UKADF01", Directory::df01},
    {KeyName::ukb_df01, "UKBDF01", Directory::df01},
    {KeyName::stk_df02, "STKDF02", Directory::df02},
    {KeyName::rk1_df02, "RK1DF02", Directory::df02},
    {KeyName::uk1_df02, "UK1DF02", Directory::df02},
    {KeyName::uk2_df02, "UK2DF02", Directory::df02},
    {KeyName::uk3_df02, "UK3DF02", Directory::df02},
    {KeyName::uk4_df02, "UK4DF02", Directory::df02},
    {KeyName::uk5_df02, "UK5DF02", Directory::df02},
    {KeyName::uk6_df02, "UK6DF02", Directory::df02},
    {KeyName::stk_df03, "STKDF03", Directory::df03},
    {KeyName::lk_df03, "LKDF03", Directory::df03},
    {KeyName::rk1_df03, "RK1DF03", Directory::df03},
    {KeyName::rk2_df03, "RK2DF03", Directory::df03},
    {KeyName::uk1_df03, "UK1DF03", Directory::df03},
    {KeyName::uk2_df03, "UK2DF03", Directory::df03},
    {KeyName::uk3_df03, "UK3DF03", Directory::df03},
    {KeyName::uk4_df03, "UK4DF03", Directory::df03},
    {KeyName::uk5_df03, "UK5DF03", Directory::df03},
    {KeyName::uk6_df03, "UK6DF03", Directory::df03},
    {KeyName::uk7_df03, "UK7DF03", Directory::df03},
    {KeyName::uk8_df03, "UK8DF03", Directory::df03},
    {KeyName::stk_df04, "STKDF04", Directory::df04},
    {KeyName::lk_df04, "LKDF04", Directory::df04},
    {KeyName::rk1_df04, "RK1DF04", Directory::df04},
    {KeyName::uk1_df04, "UK1DF04", Directory::df04},
    {KeyName::uk2_df04, "UK2DF04", Directory::df04},
    {KeyName::dsk, "DSK", Directory::df04},
    {KeyName::dlk, "DLK", Directory::df04},
    {KeyName::dpk, "DPK", Directory::df04},
    {KeyName::dtk, "DTK", Directory::df04},
    {KeyName::stk_df05, "STKDF05", Directory::df05},
    {KeyName::uk1_df05, "UK1DF05", Directory::df05},
    {KeyName::stk_df06, "STKDF06", Directory::df06},
    {KeyName::lk_df06, "LKDF06", Directory::df06},
    {KeyName::rk1_df06, "RK1DF06", Directory::df06},
    {KeyName::uk1_df06, "UK1DF06", Directory::df06},
    {KeyName::uk2_df06, "UK2DF06", Directory::df06},
    {KeyName::stk_df07, "STKDF07", Directory::df07},
    {KeyName::rk1_df07, "RK1DF07", Directory::df07},
    {KeyName::rk2_df07, "RK2DF07", Directory::df07},
    {KeyName::rk3_df07, "RK3DF07", Directory::df07},
    {KeyName::uk1_df07, "UK1DF07", Directory::df07},
    {KeyName::uk2_df07, "UK2DF07", Directory::df07},
    {KeyName::uk3_df07, "UK3DF07", Directory::df07},
    {KeyName::mk_mf, "MKMF", Directory::mf},
    {KeyName::mk_ssse, "MKSSSE", Directory::ssse},
    {KeyName::mk_df01, "MKDF01", Directory::df01},
    {KeyName::mk_df02, "MKDF02", Directory::df02},
    {KeyName::mk_df03, "MKDF03", Directory::df03},
    {KeyName::mk_df04, "MKDF04", Directory::df04},
    {KeyName::mk_df05, "MKDF05", Directory::df05},
    {KeyName::mk_df06, "MKDF06", Directory::df06},
    {KeyName::mk_df07, "MKDF07", Directory::df07},
    {KeyName::temporary_mk, "TMK", Directory::mf},
    {KeyName::transport_key, "TK", Directory::mf},
});

constexpr bool rows_stand_in_order() {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (static_cast<std::size_t>(rows[i].name) != i) {
            return false;
        }
    }
    return true;
}

constexpr bool spellings_are_unique() {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        for (std::size_t j = i + 1; j < rows.size(); ++j) {
            if (rows[i].text == rows[j].text) {
                return false;
            }
        }
    }
    return true;
}

constexpr KeyName mk_at(Directory directory) {
    return static_cast<KeyName>(static_cast<std::size_t>(KeyName::mk_mf) +
                                static_cast<std::size_t>(directory));
}

constexpr bool every_mk_stands_in_its_directory() {
    for (std::size_t i = 0; i < directory_count; ++i) {
        auto const directory = static_cast<Directory>(i);
        if (rows[static_cast<std::size_t>(mk_at(directory))].directory != directory) {
            return false;
        }
    }
    return true;
}

static_assert(rows.size() == key_name_count);
static_assert(static_cast<std::size_t>(KeyName::transport_key) + 1 == key_name_count);
static_assert(rows_stand_in_order());
static_assert(spellings_are_unique());
static_assert(every_mk_stands_in_its_directory());

constexpr Row const& row_of(KeyName name) {
    auto const index = static_cast<std::size_t>(name);
    require(index < rows.size());
    return rows[index];
}

} // namespace

std::string_view to_text(KeyName name) { return row_of(name).text; }

std::optional<KeyName> key_name_from_text(std::string_view text) {
    auto const* const found =
        std::find_if(rows.begin(), rows.end(), [text](Row const& row) { return row.text == text; });
    if (found == rows.end()) {
        return std::nullopt;
    }
    return found->name;
}

Directory directory_of(KeyName name) { return row_of(name).directory; }

KeyName mk_of(Directory directory) {
    require(static_cast<std::size_t>(directory) < directory_count);
    return mk_at(directory);
}

} // namespace apdu
