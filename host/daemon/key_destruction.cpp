#include "host/daemon/key_destruction.hpp"

#include "host/daemon/fault_message.hpp"
#include "host/daemon/field_keys.hpp"

#include <algorithm>

namespace sscardd {
namespace {

/// The key of a card, or where there is an id of a terminal, that is meant.
std::optional<api::KnownKey> find_known(api::KeyReport const& report,
                                        api::KeyDestructionRequest const& request) {
    if (!request.id) {
        auto const found =
            std::find_if(report.keys.begin(), report.keys.end(), [&](api::KnownKey const& key) {
                return key.name == request.name && key.algorithm == request.algorithm &&
                       key.version == request.version;
            });
        return found == report.keys.end() ? std::nullopt : std::optional{*found};
    }
    for (api::KnownTerminalKey const& key : report.terminals) {
        if (key.use == request.name && key.id == *request.id &&
            key.algorithm == request.algorithm) {
            return api::KnownKey{key.use,         "",       key.algorithm,  std::nullopt, 0,
                                 key.check_value, key.test, report.back_end};
        }
    }
    return std::nullopt;
}

} // namespace

api::Outcome<std::unique_ptr<CustodyAct>>
KeyDestruction::begin(KeyStore& store, store::CardRegister const& cards,
                      api::KeyDestructionRequest const& request) {
    if (auto refusal = store.refusal()) {
        return *std::move(refusal);
    }
    if (!is_text(request.reason, reason_size_max)) {
        api::Fault invalid = api::fault(api::code::request_invalid);
        invalid.problems.push_back({"/reason", "out_of_range", "1 to 200 printable bytes"});
        return invalid;
    }
    auto const found = find_known(store.report(), request);
    if (!found) {
        return api::fault(api::code::key_unknown, request.name);
    }
    auto const given = check_value_from(request.check_value);
    if (!given || text_of(*given) != found->check_value) {
        return api::fault(api::code::check_value_differs, request.name);
    }
    auto const in_need = cards_in_need_of(cards, *found);
    if (!in_need.ok()) {
        return message_of(in_need.error());
    }
    if (in_need.value() != 0 && !request.despite_cards) {
        return api::fault(api::code::key_in_the_field, std::to_string(in_need.value()));
    }
    std::string remark = request.reason;
    if (in_need.value() != 0) {
        remark += "; live cards that need it: " + std::to_string(in_need.value());
    }
    return std::unique_ptr<CustodyAct>{
        new KeyDestruction{store, *found, request.id, std::move(remark)}};
}

api::Outcome<apdu::Done> KeyDestruction::carry_out() {
    return store_.destroy({key_.name, key_.algorithm, key_.version, key_.check_value, id_});
}

void KeyDestruction::describe(audit::Minutes& minutes) const {
    minutes.keys = {{key_.name + (id_ ? " " + *id_ : ""), key_.tier, key_.algorithm, key_.version,
                     key_.check_value}};
    minutes.remark = reason_;
}

} // namespace sscardd
