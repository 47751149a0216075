#include "host/personalization/plan.hpp"

namespace personalization {
namespace {

/// Selections and authentications leave a card as it was; everything else is told by its type.
struct Changes {
    bool operator()(ResetCard const& /*action*/) const { return false; }
    bool operator()(PlainCommand const& action) const {
        return action.purpose != Purpose::select && action.purpose != Purpose::select_file &&
               action.purpose != Purpose::select_directory_file;
    }
    bool operator()(VerifyTransportKey const& /*action*/) const { return false; }
    bool operator()(WriteTemporaryMk const& /*action*/) const { return true; }
    bool operator()(WriteKey const& /*action*/) const { return true; }
    bool operator()(WritePin const& /*action*/) const { return true; }
    bool operator()(AuthenticateMk const& /*action*/) const { return false; }
    bool operator()(CheckGenuine const& /*action*/) const { return false; }
    bool operator()(Authenticate const& /*action*/) const { return false; }
    bool operator()(CheckPinTries const& /*action*/) const { return false; }
    bool operator()(VerifyPin const& /*action*/) const { return false; }
    bool operator()(ResetPin const& /*action*/) const { return true; }
    bool operator()(WriteRecord const& /*action*/) const { return true; }
    bool operator()(AppendRecord const& /*action*/) const { return true; }
    bool operator()(WriteBinary const& /*action*/) const { return true; }
    bool operator()(ReadBack const& /*action*/) const { return false; }
    bool operator()(ExpectUnpersonalized const& /*action*/) const { return false; }
};

} // namespace

bool changes_card(Step const& step) { return std::visit(Changes{}, step.action); }

} // namespace personalization
