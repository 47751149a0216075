#pragma once

#include "host/audit/minutes.hpp"

#include "host/api/fault.hpp"
#include "host/api/key_messages.hpp"

#include "keys/master_key.hpp"

#include <optional>
#include <string>

namespace sscardd {

/// A master key that is to be made, by everything but itself.
struct KeyPlan {
    apdu::KeyName name;
    keys::CipherKind kind;
    keys::Tier tier;
    std::optional<std::uint8_t> version; ///< none: for every version without one of its own
};

/// What those words of a request say: "IRK"; "DES", "3DES" or "SM4"; "ministry", "province" or
/// "city". Nothing where they do not; each problem is added to `invalid`.
[[nodiscard]] std::optional<KeyPlan>
key_plan_of(std::string const& name, std::string const& algorithm, std::string const& tier,
            std::optional<std::uint8_t> const& version, api::Fault& invalid);

/// What minutes say of the key; its check value is empty as long as it is not known.
[[nodiscard]] audit::KeyEntry entry_of(KeyPlan const& plan, std::string check_value);

/// The key of that name, card algorithm and version that is there already.
[[nodiscard]] std::optional<api::KnownKey> known_key(api::KeyReport const& there,
                                                     KeyPlan const& plan);

} // namespace sscardd
