#include "host/daemon/hsm_keys.hpp"

#include "host/daemon/credential.hpp"
#include "host/daemon/hsm_message.hpp"
#include "host/daemon/store_message.hpp"

#include "keys/file/key_file.hpp"
#include "keys/openssl/evp_cipher.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

namespace sscardd {
namespace {

using keys::pkcs11::GroupReport;
using keys::pkcs11::TokenFault;
using keys::pkcs11::TokenFaultCode;
using keys::pkcs11::TokenReport;
using Report = api::Outcome<api::KeyReport>;

constexpr std::size_t pin_size_max = 255;

void tell(std::string const& label, std::optional<TokenFault> const& fault) {
    if (!fault) {
        spdlog::info("token {} is open", label);
    } else if (fault->code == TokenFaultCode::pin_not_given) {
        spdlog::info("token {} waits for its PIN", label);
    } else {
        spdlog::error("token {}: {} {}", label, to_text(fault->code), fault->detail);
    }
}

session::Fault job_fault(TokenFault const& fault) {
    if (fault.code == TokenFaultCode::pin_not_given) {
        return {session::FaultCode::keys_locked};
    }
    std::string detail{"HSM: "};
    detail.append(to_text(fault.code)).append(" ").append(fault.detail);
    return {session::FaultCode::key_service_failed, std::move(detail)};
}

LaneKeys hindered(session::Fault fault) {
    LaneKeys keys{nullptr};
    keys.trouble = [fault = std::move(fault)] { return std::optional{fault}; };
    return keys;
}

api::KeyToken told_token(TokenReport const& token) {
    api::KeyToken told;
    told.label = token.label;
    told.in_use = token.is_in_use;
    if (token.fault) {
        told.fault = message_of(*token.fault);
    }
    for (auto const& [algorithm, part] : token.lacks) {
        told.lacks.push_back(fmt::format("{}: {}", keys::to_text(algorithm), part));
    }
    for (keys::pkcs11::KeyLabel const& key : token.missing) {
        told.missing.push_back(fmt::format("{} {}{}", apdu::to_text(key.name),
                                           keys::to_text(card_algorithm(key.kind)),
                                           key.version ? fmt::format(" v{}", *key.version) : ""));
    }
    return told;
}

bool is_in_use(api::KeyToken const& token) { return token.in_use; }
bool is_open(TokenReport const& token) { return !token.fault; }
bool has_refused_pin(TokenReport const& token) {
    return token.fault && token.fault->code == TokenFaultCode::pin_wrong;
}

} // namespace

HsmKeys::HsmKeys(KeySettings settings)
    : settings_{std::move(settings)},
      group_{std::make_unique<keys::pkcs11::TokenGroup>(
          settings_.hsm, [this](auto const& use) { return give_pin(use); },
          [] { return std::make_unique<keys::openssl::EvpCipher>(); }, tell)} {}

api::Outcome<std::unique_ptr<HsmKeys>> HsmKeys::start(KeySettings settings) {
    std::unique_ptr<HsmKeys> keys{new HsmKeys{std::move(settings)}};
    if (!keys->settings_.token_pin_credential.empty()) {
        if (auto const kept = keys->keep_credential(); !kept.ok()) {
            return kept.error();
        }
    }
    auto const report = keys->report();
    if (report.fault && report.fault->code == api::code::test_keys_refused) {
        return *report.fault;
    }
    return keys;
}

api::Outcome<apdu::Done> HsmKeys::keep_credential() {
    std::optional<api::Outcome<apdu::Done>> kept;
    auto const read =
        read_credential(settings_.token_pin_credential, pin_size_max,
                        [&](std::string_view pin) { kept = keep_pin(without_line_end(pin)); });
    return read.ok() ? *kept : read;
}

api::Outcome<apdu::Done> HsmKeys::keep_pin(std::string_view pin) {
    if (pin.empty() || pin.size() > pin_size_max) {
        return message_of(TokenFault{TokenFaultCode::pin_wrong, "its length"});
    }
    auto memory = keys::sealed::LockedMemory::take(pin.size());
    if (!memory.ok()) {
        return message_of(memory.error());
    }
    std::copy(pin.begin(), pin.end(), memory.value().bytes().begin());
    std::lock_guard const lock{pin_look_};
    pin_.emplace(std::move(memory).value());
    return apdu::Done{};
}

std::optional<keys::sealed::LockedMemory> HsmKeys::take_pin() {
    std::lock_guard const lock{pin_look_};
    return std::exchange(pin_, std::nullopt);
}

void HsmKeys::put_back(std::optional<keys::sealed::LockedMemory> pin) {
    std::lock_guard const lock{pin_look_};
    pin_ = std::move(pin);
}

bool HsmKeys::give_pin(std::function<void(apdu::ByteView)> const& use) const {
    std::lock_guard const lock{pin_look_};
    if (pin_) {
        use(pin_->bytes());
    }
    return pin_.has_value();
}

LaneKeys HsmKeys::service() const {
    auto leased = group_->lease();
    if (!leased.ok()) {
        bool const is_locked = leased.error().code == TokenFaultCode::pin_not_given;
        return is_locked ? LaneKeys{nullptr, true} : hindered(job_fault(leased.error()));
    }
    if (settings_.production && leased.value()->holds_test_keys()) {
        return hindered({session::FaultCode::key_service_failed, "the HSM has test keys"});
    }
    return {std::move(leased).value()};
}

api::KeyReport HsmKeys::report() const {
    GroupReport const seen = group_->report();
    api::KeyReport report;
    report.back_end = api::KeyBackEnd::pkcs11;
    report.production = settings_.production;
    for (TokenReport const& token : seen.tokens) {
        report.tokens.push_back(told_token(token));
    }
    auto const used = std::find_if(report.tokens.begin(), report.tokens.end(), is_in_use);
    report.path = (used == report.tokens.end() ? report.tokens.front() : *used).label;
    if (used == report.tokens.end()) {
        report.fault = report.tokens.front().fault;
        if (report.fault && report.fault->code == api::code::keys_locked) {
            report.state = api::KeyState::locked;
            report.fault.reset();
        }
        return report;
    }
    report.state = api::KeyState::open;
    report.test = false;
    for (auto const& [key, value] : seen.keys) {
        report.keys.push_back(message_of(key.label, value));
        report.test = *report.test || key.label.is_test;
        if (key.may_leave) {
            used->leaves.push_back(report.keys.back().name);
        }
    }
    if (settings_.production && *report.test) {
        report.state = api::KeyState::unusable;
        report.fault = api::fault(api::code::test_keys_refused, report.path);
    }
    return report;
}

Report HsmKeys::unlock(api::KeysUnlockRequest request) {
    std::lock_guard const lock{work_};
    auto const before = group_->report().tokens;
    if (std::all_of(before.begin(), before.end(), is_open)) {
        return report(); // no token would look at a PIN
    }
    std::optional<keys::sealed::LockedMemory> old_pin;
    if (request.passphrase) {
        old_pin = take_pin();
        if (auto const kept = keep_pin(request.passphrase->given()); !kept.ok()) {
            put_back(std::move(old_pin));
            return kept.error();
        }
    } else if (!settings_.token_pin_credential.empty()) {
        if (auto const kept = keep_credential(); !kept.ok()) {
            return kept.error();
        }
    }
    auto const done = group_->log_in();
    auto const after = group_->report().tokens;
    if (std::any_of(after.begin(), after.end(), has_refused_pin)) {
        put_back(std::move(old_pin)); // what opened the others, or nothing
    }
    return done.ok() ? Report{report()} : message_of(done.error());
}

Report HsmKeys::lock() {
    std::lock_guard const lock{work_};
    (void)take_pin();
    group_->log_out();
    return report();
}

} // namespace sscardd
