#include "host/daemon/hsm_message.hpp"

#include <array>

#include <fmt/format.h>

namespace sscardd {
namespace {

using keys::pkcs11::TokenFaultCode;

/// In the order of TokenFaultCode.
constexpr auto token_codes = std::to_array<std::string_view>({
    "hsm_module_unusable",
    "hsm_module_unusable",
    "hsm_token_missing",
    "keys_locked",
    "hsm_pin_wrong",
    "hsm_pin_at_risk",
    "hsm_pin_locked",
    "hsm_lost",
    "hsm_mechanism_missing",
    "hsm_refused",
    "hsm_busy",
    "key_known",
    "key_unknown",
});
static_assert(token_codes.size() == static_cast<std::size_t>(TokenFaultCode::key_unknown) + 1);

} // namespace

api::Fault message_of(keys::pkcs11::TokenFault const& fault) {
    return api::fault(token_codes.at(static_cast<std::size_t>(fault.code)), fault.detail);
}

api::KnownKey message_of(keys::pkcs11::KeyLabel const& label, keys::CheckValue const& value) {
    bool const is_short = label.kind == keys::CipherKind::des;
    constexpr std::array tiers{"ministry", "province", "city"};
    return {std::string{apdu::to_text(label.name)},
            tiers.at(static_cast<std::size_t>(label.tier)),
            std::string{keys::to_text(card_algorithm(label.kind))},
            label.version,
            static_cast<std::uint8_t>(is_short ? 8 : 16),
            fmt::format("{:02X}", fmt::join(value, "")),
            label.is_test,
            api::KeyBackEnd::pkcs11};
}

} // namespace sscardd
