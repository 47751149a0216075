#include "host/api/fault_text.hpp"

#include "host/api/fault_text_rows.hpp"

#include <array>

namespace api {

std::span<std::span<FaultText const> const> fault_text_groups() {
    static std::array const groups{
        reader_fault_texts(),   card_fault_texts(),   making_fault_texts(), secret_fault_texts(),
        key_fault_texts(),      centre_fault_texts(), hsm_fault_texts(),    store_fault_texts(),
        ceremony_fault_texts(), request_fault_texts()};
    return groups;
}

FaultText const* find_fault_text(std::string_view code) {
    for (auto const& group : fault_text_groups()) {
        for (FaultText const& text : group) {
            if (text.code == code) {
                return &text;
            }
        }
    }
    return nullptr;
}

} // namespace api
