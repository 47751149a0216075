#include "host/daemon/terminal_key_making.hpp"

#include "keys/hex_text.hpp"

#include <algorithm>

namespace sscardd {
namespace {

std::optional<keys::AesSize> aes_size_from(std::string_view text) {
    for (auto const size : {keys::AesSize::aes128, keys::AesSize::aes192, keys::AesSize::aes256}) {
        if (text == "AES" + std::to_string(8 * keys::bytes_of(size))) {
            return size;
        }
    }
    return std::nullopt;
}

} // namespace

std::optional<keys::TerminalKeyPlace> terminal_key_place(std::string_view use,
                                                         std::string_view id) {
    bool const is_bdk = use == "BDK";
    keys::TerminalKeyPlace place{
        is_bdk ? keys::TerminalKeyUse::bdk : keys::TerminalKeyUse::transport, {}};
    apdu::ByteSpan const bytes{place.id.bytes};
    bool const is_use = is_bdk || use == "KBPK";
    bool const is_id = keys::read_hex(id, is_bdk ? bytes.first(4) : bytes);
    return is_use && is_id ? std::optional{place} : std::nullopt;
}

std::optional<TerminalKeyPlan> plan_of(api::TerminalKeyCeremonyRequest const& request,
                                       api::Fault& invalid) {
    if (request.use != "BDK" && request.use != "KBPK") {
        invalid.problems.push_back({"/use", "unknown_value", "BDK or KBPK"});
    }
    auto const place = terminal_key_place(request.use, request.id);
    if (!place) {
        invalid.problems.push_back(
            {"/id", "malformed", request.use == "BDK" ? "8 hex digits" : "16 hex digits"});
    }
    auto const size = aes_size_from(request.algorithm);
    if (!size) {
        invalid.problems.push_back({"/algorithm", "unknown_value", "AES128, AES192 or AES256"});
    }
    auto const expected = expected_check_value(request.check_value, invalid);
    if (!invalid.problems.empty()) {
        return std::nullopt;
    }
    return TerminalKeyPlan{*place, *size, request.use + " " + request.id, expected};
}

api::Outcome<std::unique_ptr<CustodyAct>>
TerminalKeyMaking::begin(KeyStore& store, api::TerminalKeyCeremonyRequest const& request) {
    if (auto refusal = store.refusal()) {
        return *std::move(refusal);
    }
    api::Fault invalid = api::fault(api::code::request_invalid);
    auto const plan = plan_of(request, invalid);
    if (!plan) {
        return invalid;
    }
    for (api::KnownTerminalKey const& key : store.report().terminals) {
        if (key.use == request.use && key.id == request.id) {
            return api::fault("key_known", key.check_value);
        }
    }
    auto parts =
        components(plan->size, request.custodians.size(), request.generate, plan->check_value);
    if (!parts.ok()) {
        return parts.error();
    }
    return std::unique_ptr<CustodyAct>{
        new TerminalKeyMaking{store, *plan, std::move(parts).value()}};
}

api::Outcome<apdu::Done> TerminalKeyMaking::carry_out() {
    auto const key = composed();
    if (!key.ok()) {
        return key.error();
    }
    auto const& bytes = std::get<keys::AesKey>(key.value());
    keys::sealed::KeyBundle keys;
    if (plan_.place.use == keys::TerminalKeyUse::bdk) {
        keys.bdks.push_back(keys::bdk_of(plan_.place.id, bytes));
    } else {
        keys.transport_keys.push_back(keys::transport_key_of(plan_.place.id, bytes));
    }
    return store_.take(std::move(keys));
}

void TerminalKeyMaking::describe(audit::Minutes& minutes) const {
    describe_components(minutes);
    minutes.keys = {{plan_.name, "", "AES" + std::to_string(8 * keys::bytes_of(plan_.size)),
                     std::nullopt, check_value()}};
}

} // namespace sscardd
