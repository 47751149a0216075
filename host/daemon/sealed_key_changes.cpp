// What changes a sealed store.
#include "host/daemon/sealed_keys.hpp"

#include "host/daemon/custody_act.hpp"
#include "host/daemon/store_message.hpp"
#include "host/daemon/terminal_key_making.hpp"

namespace sscardd {
namespace {

using Report = api::Outcome<api::KeyReport>;

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

api::Outcome<apdu::Done> SealedKeys::take(keys::sealed::KeyBundle keys) {
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
    if (request.id) {
        return remove_terminal_key(*keys, request);
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

Report SealedKeys::remove_terminal_key(keys::sealed::HeldKeys const& keys,
                                       api::KeyRemovalRequest const& request) {
    auto const masters = keys.masters();
    auto const place = terminal_key_place(request.name, *request.id);
    for (auto const& key : known_terminal_keys(masters.terminals, masters.are_test_keys)) {
        if (key.use == request.name && key.id == *request.id &&
            key.algorithm == request.algorithm && place) {
            return key.check_value == request.check_value
                       ? told(store_.remove(*place))
                       : api::fault(api::code::check_value_differs, request.name);
        }
    }
    return api::fault(api::code::key_unknown, request.name);
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
    auto const old_secret = secret_of(std::move(request.old_passphrase));
    auto const new_secret = secret_of(std::move(request.new_passphrase));
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
