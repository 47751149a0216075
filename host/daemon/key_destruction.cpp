#include "host/daemon/key_destruction.hpp"

#include <algorithm>

namespace sscardd {

api::Outcome<std::unique_ptr<CustodyAct>>
KeyDestruction::begin(KeyStore& store, api::KeyDestructionRequest const& request) {
    if (auto refusal = store.refusal()) {
        return *std::move(refusal);
    }
    if (!is_text(request.reason, reason_size_max)) {
        api::Fault invalid = api::fault(api::code::request_invalid);
        invalid.problems.push_back({"/reason", "out_of_range", "1 to 200 printable bytes"});
        return invalid;
    }
    auto const keys = store.report().keys;
    auto const found = std::find_if(keys.begin(), keys.end(), [&](api::KnownKey const& key) {
        return key.name == request.name && key.algorithm == request.algorithm &&
               key.version == request.version;
    });
    if (found == keys.end()) {
        return api::fault(api::code::key_unknown, request.name);
    }
    auto const given = check_value_from(request.check_value);
    if (!given || text_of(*given) != found->check_value) {
        return api::fault(api::code::check_value_differs, request.name);
    }
    return std::unique_ptr<CustodyAct>{new KeyDestruction{store, *found, request.reason}};
}

api::Outcome<api::ShownPart> KeyDestruction::show(std::size_t /*index*/) {
    return api::fault("part_shown");
}

api::Outcome<std::string>
KeyDestruction::take(std::size_t /*index*/, std::string_view /*typed*/,
                     std::optional<keys::CheckValue> const& /*expected*/) {
    return api::fault("part_foreign");
}

api::Outcome<apdu::Done> KeyDestruction::carry_out() {
    return store_.destroy({key_.name, key_.algorithm, key_.version, key_.check_value});
}

void KeyDestruction::describe(audit::Minutes& minutes) const {
    minutes.keys = {{key_.name, key_.tier, key_.algorithm, key_.version, key_.check_value}};
    minutes.remark = reason_;
}

} // namespace sscardd
