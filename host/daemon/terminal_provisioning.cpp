#include "host/daemon/terminal_provisioning.hpp"

#include "host/daemon/at_card.hpp"

#include "host/session/terminal.hpp"

namespace sscardd {
namespace {

/// Custodians, who wait for the end of their act and hear of nothing before it.
class Custodians final : public api::Caller {
public:
    Custodians(std::string user, std::string lease)
        : user_{std::move(user)}, lease_{std::move(lease)} {}
    using api::Caller::tell;
    void tell(api::Progress const& /*progress*/) override {}
    [[nodiscard]] bool has_hung_up() const override { return false; }
    [[nodiscard]] std::string lease() const override { return lease_; }
    [[nodiscard]] std::string user() const override { return user_; }

private:
    std::string user_;
    std::string lease_;
};

} // namespace

api::Outcome<std::unique_ptr<CustodyAct>>
TerminalProvisioning::begin(ReaderLanes const& lanes,
                            api::TerminalProvisioningRequest const& request,
                            api::Caller const& caller) {
    api::Fault invalid = api::fault(api::code::request_invalid);
    auto const plan = plan_of({.use = "KBPK",
                               .id = request.id,
                               .algorithm = request.algorithm,
                               .check_value = request.check_value},
                              invalid);
    if (!plan) {
        return invalid;
    }
    auto parts = components(plan->size, request.custodians.size(), false, plan->check_value);
    if (!parts.ok()) {
        return parts.error();
    }
    return std::unique_ptr<CustodyAct>{
        new TerminalProvisioning{lanes,
                                 {request.reader.value(), caller.user(), caller.lease()},
                                 *plan,
                                 std::move(parts).value()}};
}

api::Outcome<apdu::Done> TerminalProvisioning::carry_out() {
    auto const key = composed();
    if (!key.ok()) {
        return key.error();
    }
    auto const transport = std::make_shared<keys::TerminalTransportKey const>(
        keys::transport_key_of(plan_.place.id, std::get<keys::AesKey>(key.value())));
    Custodians custodians{place_.user, place_.lease};
    return at_reader_itself(lanes_, place_.reader, custodians, "terminal provision",
                            [transport](apdu::ccid::ReaderFunctions& terminal, LaneJob&) {
                                return session::provision_terminal(terminal, *transport);
                            });
}

void TerminalProvisioning::describe(audit::Minutes& minutes) const {
    describe_components(minutes);
    minutes.keys = {{plan_.name, "", "AES" + std::to_string(8 * keys::bytes_of(plan_.size)),
                     std::nullopt, check_value()}};
    minutes.remark = place_.reader;
}

} // namespace sscardd
