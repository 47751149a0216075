#include "host/daemon/store_message.hpp"

#include "host/api/fault_text.hpp"

#include <fmt/format.h>

#include <array>

namespace sscardd {
namespace {

using keys::sealed::SealKind;
using keys::sealed::StoreFaultCode;

/// In the order of StoreFaultCode.
constexpr auto store_codes = std::to_array<std::string_view>({
    "store_missing",         "store_exists",           "store_not_readable",
    "store_permissions",     "store_in_use",           "store_foreign",
    "store_version_unknown", "store_header_damaged",   "store_truncated",
    "store_damaged",         "store_sealed_otherwise", "passphrase_wrong",
    "passphrase_short",      "memory_not_locked",      "sealing_failed",
    "store_not_written",     "store_maybe_not_kept",   "key_known",
    "key_unknown",           "test_keys_mixed",        "store_full",
});
static_assert(store_codes.size() == static_cast<std::size_t>(StoreFaultCode::full) + 1);

} // namespace

api::Fault message_of(keys::sealed::StoreFault const& fault, SealKind kind) {
    bool const is_of_secret =
        fault.code == StoreFaultCode::secret_wrong || fault.code == StoreFaultCode::secret_short;
    if (is_of_secret && kind == SealKind::credential) {
        return api::fault(api::code::credential_wrong, fault.detail);
    }
    return api::fault(store_codes.at(static_cast<std::size_t>(fault.code)), fault.detail);
}

api::Fault message_of(std::vector<keys::file::KeyFileFault> const& faults) {
    api::Fault message = api::fault(api::code::key_file_invalid);
    for (keys::file::KeyFileFault const& fault : faults) {
        message.problems.push_back(
            {fault.where, std::string{keys::file::to_text(fault.code)}, fault.detail});
    }
    return message;
}

std::string line_of(api::Fault const& fault) {
    auto const* const text = api::find_fault_text(fault.code);
    return fmt::format("{}: {}{}{}", fault.code, fault.detail, fault.detail.empty() ? "" : ": ",
                       text == nullptr ? std::string_view{} : text->next);
}

} // namespace sscardd
