#include "keys/sealed/store_fault.hpp"

#include "apdu/require.hpp"

#include <array>

namespace keys::sealed {

std::string_view to_text(StoreFaultCode code) {
    constexpr auto names =
        std::to_array<std::string_view>({"missing",         "exists",           "not_readable",
                                         "permissions",     "in_use",           "not_a_store",
                                         "version_unknown", "header_damaged",   "truncated",
                                         "damaged",         "sealed_otherwise", "secret_wrong",
                                         "secret_short",    "memory_unlocked",  "sealing_failed",
                                         "not_written",     "maybe_not_kept",   "key_known",
                                         "key_unknown",     "marks_differ",     "full"});
    static_assert(names.size() == static_cast<std::size_t>(StoreFaultCode::full) + 1);
    auto const index = static_cast<std::size_t>(code);
    apdu::require(index < names.size());
    return names[index];
}

} // namespace keys::sealed
