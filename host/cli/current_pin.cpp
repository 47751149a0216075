#include "host/cli/current_pin.hpp"

#include "host/cli/fault_report.hpp"
#include "host/cli/language.hpp"
#include "host/cli/pin_entry.hpp"

namespace cli {
namespace {

/// Why a PIN in this state is not asked for; nothing when it is.
std::optional<api::Fault> refusal(api::PinStatus const& status, bool spend_last_try) {
    if (status.state == api::PinState::blocked) {
        api::Fault fault = api::fault("pin_blocked");
        fault.tries_left = 0;
        return fault;
    }
    if (status.state == api::PinState::not_set) {
        return api::fault("pin_not_set");
    }
    if (status.tries_left == 1 && !spend_last_try) {
        api::Fault fault = api::fault("last_try_refused");
        fault.tries_left = 1;
        return fault;
    }
    return std::nullopt;
}

} // namespace

std::string pin_state_text(api::PinStatus const& status) {
    switch (status.state) {
    case api::PinState::not_set:
        return tr("not set");
    case api::PinState::blocked:
        return tr("blocked");
    case api::PinState::set:
        break;
    }
    return status.tries_left ? tr("set") + tr(", ") + tries_text(*status.tries_left) : tr("set");
}

api::Outcome<api::PinText> current_pin(Invocation const& invocation,
                                       std::optional<unsigned> descriptor, bool spend_last_try) {
    if (descriptor) {
        return pin_from_descriptor(*descriptor);
    }
    auto const status = invocation.client().ask(api::PinStatusRequest{invocation.reader});
    if (!status.ok()) {
        return status.error();
    }
    if (auto const fault = refusal(status.value(), spend_last_try)) {
        return *fault;
    }
    invocation.err() << tr_with("Social security PIN: {1}.", {pin_state_text(status.value())})
                     << std::endl;
    return ask_pin(invocation.surroundings().terminal, tr("PIN: "));
}

api::Outcome<api::PinText> new_pin(Invocation const& invocation,
                                   std::optional<unsigned> descriptor) {
    if (descriptor) {
        return pin_from_descriptor(*descriptor);
    }
    return ask_new_pin(invocation.surroundings().terminal, tr("New PIN: "),
                       tr("New PIN, once more: "));
}

} // namespace cli
