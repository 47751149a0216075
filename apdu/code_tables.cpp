#include "apdu/code_tables.hpp"

#include "apdu/code_table_ethnic_group.hpp"
#include "apdu/code_tables_insurance.hpp"
#include "apdu/code_tables_person.hpp"

namespace apdu {
namespace {

CodeRow const* find_row(CodeTable table, std::string_view code) {
    for (CodeRow const& row : code_rows(table)) {
        if (row.code == code) {
            return &row;
        }
    }
    return nullptr;
}

} // namespace

std::span<CodeRow const> code_rows(CodeTable table) {
    switch (table) {
    case CodeTable::none:
        return {};
    case CodeTable::card_class:
        return code_tables::card_class;
    case CodeTable::sex:
        return code_tables::sex;
    case CodeTable::ethnic_group:
        return code_tables::ethnic_group;
    case CodeTable::household_class:
        return code_tables::household_class;
    case CodeTable::employment_state:
        return code_tables::employment_state;
    case CodeTable::marital_state:
        return code_tables::marital_state;
    case CodeTable::person_class:
        return code_tables::person_class;
    case CodeTable::political_status:
        return code_tables::political_status;
    case CodeTable::education:
        return code_tables::education;
    case CodeTable::pension_kind:
        return code_tables::pension_kind;
    case CodeTable::insurance_kind:
        return code_tables::insurance_kind;
    case CodeTable::medical_person_class:
        return code_tables::medical_person_class;
    case CodeTable::disability_grade:
        return code_tables::disability_grade;
    case CodeTable::dependant_relation:
        return code_tables::dependant_relation;
    case CodeTable::registration_kind:
        return code_tables::registration_kind;
    case CodeTable::employment_form:
        return code_tables::employment_form;
    case CodeTable::assistance_kind:
        return code_tables::assistance_kind;
    case CodeTable::policy_kind:
        return code_tables::policy_kind;
    case CodeTable::placement_kind:
        return code_tables::placement_kind;
    case CodeTable::card_use:
        return code_tables::card_use;
    case CodeTable::registration_kind_and_form:
        return code_tables::registration_kind_and_form;
    case CodeTable::transaction_kind:
        return code_tables::transaction_kind;
    case CodeTable::settlement_class:
        return code_tables::settlement_class;
    }
    return {};
}

CodeMeaning code_meaning(CodeTable table, std::string_view code) {
    CodeRow const* const row = find_row(table, code);
    return row != nullptr ? row->meaning : CodeMeaning{};
}

bool has_code(CodeTable table, std::string_view code) { return find_row(table, code) != nullptr; }

} // namespace apdu
