// What changes the keys of an HSM.
#include "host/daemon/hsm_keys.hpp"

#include "host/daemon/hsm_message.hpp"
#include "host/daemon/store_message.hpp"

#include "keys/file/key_file.hpp"
#include "keys/openssl/evp_cipher.hpp"

namespace sscardd {
namespace {

using Report = api::Outcome<api::KeyReport>;

} // namespace

api::Outcome<apdu::Done> HsmKeys::add(api::KeyReport const& there, keys::MasterKeySet masters) {
    if (there.state != api::KeyState::open) {
        return there.fault.value_or(api::fault(api::code::keys_locked));
    }
    if (settings_.production && masters.are_test_keys) {
        return api::fault(api::code::test_keys_refused);
    }
    if (!there.keys.empty() && there.test != masters.are_test_keys) {
        return api::fault("test_keys_mixed", there.path);
    }
    auto const done = group_->take_in(masters);
    return done.ok() ? api::Outcome<apdu::Done>{apdu::Done{}} : message_of(done.error());
}

api::Outcome<apdu::Done> HsmKeys::take(keys::sealed::KeyBundle keys) {
    if (!keys.bdks.empty() || !keys.transport_keys.empty()) {
        return api::fault("terminal_keys_elsewhere");
    }
    std::lock_guard const lock{work_};
    auto const there = report();
    return add(there, {keys.cards, there.test.value_or(false)});
}

Report HsmKeys::take_in(api::KeysImportRequest request) {
    std::lock_guard const lock{work_};
    auto file = keys::file::parse_key_file(request.key_file.characters());
    if (!file.ok()) {
        return message_of(file.error());
    }
    auto const done = add(report(), file.value().masters());
    return done.ok() ? Report{report()} : done.error();
}

api::Outcome<keys::custody::NewBackup> HsmKeys::back_up(std::size_t /*needed*/,
                                                        std::size_t /*count*/) const {
    return api::fault("hsm_keys_stay");
}

api::Outcome<HsmKeyMade> HsmKeys::generate(HsmKeyOrder const& order) {
    std::lock_guard const lock{work_};
    auto const there = report();
    if (there.state != api::KeyState::open) {
        return there.fault.value_or(api::fault(api::code::keys_locked));
    }
    auto made = group_->generate({order.key.name, order.key.version, order.key.tier, order.key.kind,
                                  there.test.value_or(false)},
                                 order.token);
    if (!made.ok()) {
        return message_of(made.error());
    }
    return HsmKeyMade{fmt::format("{:02X}", fmt::join(made.value().check_value, "")),
                      made.value().token, made.value().without};
}

api::Outcome<apdu::Done> HsmKeys::keep_generated() {
    std::lock_guard const lock{work_};
    auto const done = group_->keep_generated();
    return done.ok() ? api::Outcome<apdu::Done>{apdu::Done{}} : message_of(done.error());
}

Report HsmKeys::remove(api::KeyRemovalRequest const& request) {
    std::lock_guard const lock{work_};
    auto const seen = group_->report();
    for (auto const& [key, value] : seen.keys) {
        api::KnownKey const known = message_of(key.label, value);
        if (known.name != request.name || known.version != request.version ||
            known.algorithm != request.algorithm) {
            continue;
        }
        if (known.check_value != request.check_value) {
            return api::fault(api::code::check_value_differs, request.name);
        }
        auto const done =
            group_->remove(key.label.name, card_algorithm(key.label.kind), key.label.version);
        return done.ok() ? Report{report()} : message_of(done.error());
    }
    auto const now = report();
    bool const is_open = now.state == api::KeyState::open;
    return is_open ? api::fault(api::code::key_unknown, request.name)
                   : now.fault.value_or(api::fault(api::code::keys_locked));
}

} // namespace sscardd
