#include "host/personalization/plan_keys.hpp"

#include <algorithm>

namespace personalization {
namespace {

using apdu::KeyName;

/// The keys of one step.
class KeysOfAction {
public:
    using Keys = std::vector<keys::KeyReference>;

    Keys operator()(VerifyTransportKey const& /*action*/) const {
        return {{KeyName::transport_key}};
    }
    Keys operator()(WriteTemporaryMk const& /*action*/) const { return {{KeyName::temporary_mk}}; }
    Keys operator()(WriteKey const& action) const { return {action.load.under, action.load.key}; }
    Keys operator()(WritePin const& action) const { return {action.under}; }
    Keys operator()(AuthenticateMk const& action) const { return {action.mk}; }
    Keys operator()(CheckGenuine const& action) const { return {{KeyName::irk, action.version}}; }
    Keys operator()(Authenticate const& action) const { return {action.key}; }
    Keys operator()(ResetPin const& /*action*/) const { return {{KeyName::stk_ssse}}; }
    template <typename OtherAction>
    Keys operator()(OtherAction const& /*action*/) const {
        return {};
    }
};

} // namespace

std::vector<keys::KeyReference> keys_of(std::vector<Step> const& steps) {
    std::vector<keys::KeyReference> found;
    for (Step const& step : steps) {
        for (keys::KeyReference const key : std::visit(KeysOfAction{}, step.action)) {
            bool const is_known = std::any_of(found.begin(), found.end(), [key](auto const& other) {
                return other.name == key.name && other.version == key.version;
            });
            if (!is_known) {
                found.push_back(key);
            }
        }
    }
    return found;
}

std::optional<session::Fault> missing_keys(std::vector<Step> const& steps,
                                           keys::Algorithm algorithm,
                                           keys::KeyService const& keys) {
    std::string missing;
    for (keys::KeyReference const key : keys_of(steps)) {
        if (!keys.has(algorithm, key)) {
            missing += (missing.empty() ? "" : ", ") + std::string{apdu::to_text(key.name)} +
                       " version " + std::to_string(key.version);
        }
    }
    if (missing.empty()) {
        return std::nullopt;
    }
    return session::Fault{.code = session::FaultCode::key_missing,
                          .detail = std::string{keys::to_text(algorithm)} + ": " + missing};
}

} // namespace personalization
