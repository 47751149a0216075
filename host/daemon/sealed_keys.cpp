#include "host/daemon/sealed_keys.hpp"

#include "host/daemon/credential.hpp"
#include "host/daemon/custody_act.hpp"
#include "host/daemon/store_message.hpp"

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

api::Outcome<keys::file::KeyFile> keys_from(api::SecretText& text, bool is_production) {
    auto file = keys::file::parse_key_file(text.characters());
    if (!file.ok()) {
        return message_of(file.error());
    }
    if (is_production && file.value().is_test) {
        return api::fault(api::code::test_keys_refused);
    }
    return std::move(file).value();
}

/// The key that a client means; null: there is none.
keys::MasterKey const* find_key(keys::MasterKeySet masters, api::KeyRemovalRequest const& request) {
    for (keys::MasterKey const& key : masters.keys) {
        if (apdu::to_text(key.name) == request.name && key.version == request.version &&
            keys::to_text(card_algorithm(key.secret.kind())) == request.algorithm) {
            return &key;
        }
    }
    return nullptr;
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
    return {service_over(seen_.keys, seen_.keys->masters())};
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
        report.keys = known_keys(seen.keys->masters(), report.back_end);
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

Report SealedKeys::create(api::KeyStoreCreationRequest request) {
    std::lock_guard const lock{work_};
    keys::file::KeyFile file{{}, request.test};
    if (settings_.production && request.test) {
        return api::fault(api::code::test_keys_refused);
    }
    if (request.key_file) {
        auto read = keys_from(*request.key_file, settings_.production);
        if (!read.ok()) {
            return read.error();
        }
        file = std::move(read).value();
    }
    auto const secret = secret_of(request.passphrase);
    if (!secret.ok()) {
        return secret.error();
    }
    return told(store_.create(secret.value(), std::move(file.keys), file.is_test));
}

Report SealedKeys::take_in(api::KeysImportRequest request) {
    std::lock_guard const lock{work_};
    if (store_.keys() == nullptr) {
        return api::fault(api::code::keys_locked);
    }
    auto file = keys_from(request.key_file, settings_.production);
    if (!file.ok()) {
        return file.error();
    }
    auto read = std::move(file).value();
    return told(store_.add(std::move(read.keys), read.is_test));
}

api::Outcome<apdu::Done> SealedKeys::take(std::vector<keys::MasterKey> keys) {
    std::lock_guard const lock{work_};
    auto const there = store_.keys();
    if (there == nullptr) {
        return api::fault(api::code::keys_locked);
    }
    auto const done = told(store_.add(std::move(keys), there->masters().are_test_keys));
    return done.ok() ? api::Outcome<apdu::Done>{apdu::Done{}} : done.error();
}

api::Outcome<keys::custody::NewBackup> SealedKeys::back_up(std::size_t needed,
                                                           std::size_t count) const {
    auto const keys = [this] {
        std::lock_guard const lock{look_};
        return seen_.keys;
    }();
    if (keys == nullptr) {
        return api::fault(api::code::keys_locked);
    }
    auto made = keys::custody::NewBackup::make(keys->masters(), needed, count);
    return made.ok() ? api::Outcome<keys::custody::NewBackup>{std::move(made).value()}
                     : message_of(made.error());
}

Report SealedKeys::remove(api::KeyRemovalRequest const& request) {
    std::lock_guard const lock{work_};
    auto const keys = store_.keys();
    if (keys == nullptr) {
        return api::fault(api::code::keys_locked);
    }
    auto const* const key = find_key(keys->masters(), request);
    if (key == nullptr) {
        return api::fault(api::code::key_unknown, request.name);
    }
    keys::MasterKeySet const alone{{key, 1}, false};
    if (known_keys(alone, api::KeyBackEnd::sealed_store).at(0).check_value != request.check_value) {
        return api::fault(api::code::check_value_differs, request.name);
    }
    return told(store_.remove(key->name, card_algorithm(key->secret.kind()), key->version));
}

api::Outcome<apdu::Done> SealedKeys::destroy(api::KeyRemovalRequest const& request) {
    auto const removed = remove(request);
    if (!removed.ok()) {
        return removed.error();
    }
    std::lock_guard const lock{work_};
    auto const forgotten = store_.forget_previous();
    return forgotten.ok() ? api::Outcome<apdu::Done>{apdu::Done{}} : message_of(forgotten.error());
}

Report SealedKeys::change_passphrase(api::PassphraseChangeRequest request) {
    std::lock_guard const lock{work_};
    if (auto const wait = pace_.wait()) {
        return api::fault(api::code::passphrase_wait, fmt::format("{} s", wait->count()));
    }
    auto const old_secret = secret_from(request.old_passphrase);
    auto const new_secret = secret_from(request.new_passphrase);
    if (!old_secret.ok() || !new_secret.ok()) {
        return old_secret.ok() ? new_secret.error() : old_secret.error();
    }
    if (!new_secret.value().is_long_enough()) {
        return api::fault(api::code::passphrase_short);
    }
    if (auto const fault = open_by(old_secret.value())) {
        return *fault;
    }
    return told(store_.change_secret(new_secret.value()));
}

} // namespace sscardd
