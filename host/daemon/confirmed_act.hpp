#pragma once

#include "host/daemon/custody_act.hpp"

namespace sscardd {

/// What custodians do together by their word alone: they confirm a check value, and give no parts.
class ConfirmedAct : public CustodyAct {
public:
    [[nodiscard]] std::uint32_t digits() const final { return 0; }
    [[nodiscard]] bool makes_parts() const final { return false; }
    /// part_shown: there are none.
    [[nodiscard]] api::Outcome<api::ShownPart> show(std::size_t /*index*/) final {
        return api::fault("part_shown");
    }
    /// part_foreign: there are none.
    [[nodiscard]] api::Outcome<std::string>
    take(std::size_t /*index*/, std::string_view /*typed*/,
         std::optional<keys::CheckValue> const& /*expected*/) final {
        return api::fault("part_foreign");
    }
};

} // namespace sscardd
