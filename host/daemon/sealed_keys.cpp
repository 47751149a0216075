#include "host/daemon/sealed_keys.hpp"

#include "host/daemon/credential.hpp"
#include "host/daemon/custody_act.hpp"
#include "host/daemon/store_message.hpp"
#include "host/daemon/terminal_key_making.hpp"

#include <spdlog/spdlog.h>

namespace sscardd {
namespace {

using keys::sealed::SealedStore;
using keys::sealed::SealingSecret;
using keys::sealed::SealKind;
using Report = api::Outcome<api::KeyReport>;

api::Outcome<SealingSecret> secret_from(api::SecretText const& given) {
    auto secret = SealingSecret::passphrase(given.given());
    if (!secret.ok()) {
        return message_of(secret.error());
    }
    return std::move(secret).value();
}

} // namespace

std::optional<api::Fault> SealedKeys::fault_of_file(KeySettings const& settings) {
    auto const header = keys::sealed::read_store_header(settings.store);
    if (!header.ok()) {
        bool const is_to_be_made = header.error().code == keys::sealed::StoreFaultCode::missing;
        return is_to_be_made ? std::nullopt : std::optional{message_of(header.error())};
    }
    if (settings.production && header.value().is_test) {
        return api::fault(api::code::test_keys_refused, settings.store);
    }
    return std::nullopt;
}

api::Outcome<std::unique_ptr<SealedKeys>> SealedKeys::start(KeySettings settings,
                                                            AttemptPace pace) {
    auto store = SealedStore::claim(settings.store);
    if (!store.ok()) {
        return message_of(store.error());
    }
    auto fault = fault_of_file(settings);
    if (fault && fault->code == api::code::test_keys_refused) {
        return *fault;
    }
    std::unique_ptr<SealedKeys> keys{
        new SealedKeys{std::move(settings), std::move(store).value(), std::move(pace)}};
    if (has_credential(keys->settings_)) {
        auto const secret = secret_of_credential(keys->settings_);
        if (!secret.ok()) {
            return secret.error();
        }
        if (!fault) {
            fault = keys->open_by(secret.value());
        }
    }
    keys->look(std::move(fault));
    return keys;
}

LaneKeys SealedKeys::service() const {
    std::lock_guard const lock{look_};
    if (seen_.keys == nullptr) {
        return {nullptr, true};
    }
    return {service_over(seen_.keys, seen_.keys->masters(), counters())};
}

api::KeyReport SealedKeys::report() const {
    Seen const seen = [this] {
        std::lock_guard const lock{look_};
        return seen_;
    }();
    api::KeyReport report;
    report.back_end = api::KeyBackEnd::sealed_store;
    report.path = settings_.store;
    report.production = settings_.production;
    report.fault = seen.fault;
    report.state = seen.fault ? api::KeyState::unusable : api::KeyState::locked;
    if (seen.header) {
        bool const by_credential = seen.header->kind == SealKind::credential;
        report.sealed_by = by_credential ? "credential" : "passphrase";
        report.test = seen.header->is_test;
    }
    if (seen.keys != nullptr) {
        report.state = api::KeyState::open;
        auto const masters = seen.keys->masters();
        report.keys = known_keys(masters, report.back_end);
        report.terminals = known_terminal_keys(masters.terminals, masters.are_test_keys);
    }
    return report;
}

void SealedKeys::look(std::optional<api::Fault> fault) {
    auto const header = keys::sealed::read_store_header(settings_.store);
    if (!fault && !header.ok()) {
        fault = message_of(header.error());
    }
    std::lock_guard const lock{look_};
    seen_ = {store_.keys(), header.ok() ? std::optional{header.value()} : std::nullopt,
             store_.keys() == nullptr ? std::move(fault) : std::nullopt};
}

Report SealedKeys::told(keys::sealed::StoreResult<apdu::Done> const& done) {
    look({});
    if (!done.ok()) {
        return message_of(done.error());
    }
    return report();
}

std::optional<api::Fault> SealedKeys::open_by(Secret const& secret) {
    if (auto fault = fault_of_file(settings_)) {
        return fault;
    }
    auto const opened = store_.open(secret);
    if (opened.ok()) {
        pace_.note_right();
        return std::nullopt;
    }
    api::Fault const fault = message_of(opened.error(), secret.kind());
    if (fault.code == api::code::passphrase_wrong) {
        pace_.note_wrong();
        spdlog::warn("{}: wrong passphrase, number {} in a row", settings_.store, pace_.wrong());
    }
    return fault;
}

api::Outcome<SealingSecret>
SealedKeys::secret_of(std::optional<api::SecretText> const& given) const {
    if (given) {
        return secret_from(*given);
    }
    if (has_credential(settings_)) {
        return secret_of_credential(settings_);
    }
    return api::fault(api::code::passphrase_not_given);
}

Report SealedKeys::unlock(api::KeysUnlockRequest request) {
    std::lock_guard const lock{work_};
    if (auto const wait = pace_.wait()) {
        return api::fault(api::code::passphrase_wait, fmt::format("{} s", wait->count()));
    }
    auto const secret = secret_of(request.passphrase);
    if (!secret.ok()) {
        return secret.error();
    }
    auto const fault = open_by(secret.value());
    bool const is_of_secret =
        fault && (fault->code == api::code::passphrase_wrong || fault->code == "credential_wrong");
    look(is_of_secret ? std::nullopt : fault);
    if (fault) {
        return *fault;
    }
    return report();
}

Report SealedKeys::lock() {
    std::lock_guard const lock{work_};
    store_.lock();
    look({});
    return report();
}

} // namespace sscardd
