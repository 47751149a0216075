#include "host/personalization/key_checks.hpp"

#include "host/session/hex_text.hpp"
#include "host/session/key_fault.hpp"

#include <algorithm>
#include <array>

namespace personalization {
namespace {

using apdu::KeyName;
using session::Outcome;

/// Bytes of a check value: too few to say anything of the key.
constexpr std::size_t key_check_size = 3;

struct CheckedKey {
    KeyName name;
    bool is_of_structure; ///< of no use to the data stage
};
constexpr auto checked_keys = std::to_array<CheckedKey>({
    {KeyName::transport_key, true},
    {KeyName::temporary_mk, true},
    {KeyName::mk_mf, true},
    {KeyName::irk, false},
});

keys::KeyResult<keys::AuthenticationData>
made_of_zeros(keys::KeyService& keys, keys::CardIdentity const& nobody, KeyName name) {
    if (name == KeyName::transport_key) {
        return keys.transport_proof(nobody);
    }
    return name == KeyName::irk ? keys.internal_answer(nobody, 1, {}, {})
                                : keys.mk_authentication(nobody, {name}, {});
}

} // namespace

Outcome<std::vector<KeyCheck>> key_checks(keys::KeyService& keys, keys::Algorithm algorithm,
                                          Stage stage) {
    keys::CardIdentity const nobody{algorithm, {}, {}};
    std::vector<KeyCheck> checks;
    for (CheckedKey const& key : checked_keys) {
        if ((key.is_of_structure && stage == Stage::data) || !keys.has(algorithm, {key.name})) {
            continue;
        }
        auto const made = made_of_zeros(keys, nobody, key.name);
        if (!made.ok()) {
            return session::fault_of(made.error());
        }
        checks.push_back({std::string{apdu::to_text(key.name)},
                          session::hex_text(apdu::ByteView{made.value()}.first(key_check_size))});
    }
    return checks;
}

Outcome<apdu::Done> expect_keys_of(Making const& begun, keys::KeyService& keys) {
    auto const now = key_checks(keys, begun.algorithm, begun.stage);
    if (!now.ok()) {
        return now.error();
    }
    std::string others;
    for (KeyCheck const& check : now.value()) {
        bool const is_other = std::any_of(
            begun.key_checks.begin(), begun.key_checks.end(), [&check](KeyCheck const& before) {
                return before.key == check.key && before.value != check.value;
            });
        if (is_other) {
            others.append(others.empty() ? "" : ", ").append(check.key);
        }
    }
    if (begun.test_keys != keys.holds_test_keys()) {
        others.append(others.empty() ? "" : "; ")
            .append(begun.test_keys ? "begun with test keys" : "begun with keys not for tests");
    }
    if (others.empty()) {
        return apdu::Done{};
    }
    return session::Fault{.code = session::FaultCode::other_keys, .detail = std::move(others)};
}

} // namespace personalization
