#include "host/daemon/key_plan.hpp"

#include <algorithm>
#include <array>

namespace sscardd {
namespace {

constexpr std::array<std::string_view, 3> tier_texts{"ministry", "province", "city"};
constexpr std::array<std::string_view, 3> cipher_texts{"DES", "3DES", "SM4"};

/// The value whose name that is, or a problem.
template <typename E, std::size_t size>
std::optional<E> named(std::array<std::string_view, size> const& names, std::string const& text,
                       char const* where, api::Fault& invalid) {
    auto const* const found = std::find(names.begin(), names.end(), text);
    if (found == names.end()) {
        invalid.problems.push_back({where, "unknown_value", ""});
        return std::nullopt;
    }
    return static_cast<E>(found - names.begin());
}

} // namespace

std::optional<KeyPlan> key_plan_of(std::string const& name, std::string const& algorithm,
                                   std::string const& tier,
                                   std::optional<std::uint8_t> const& version,
                                   api::Fault& invalid) {
    auto const key = apdu::key_name_from_text(name);
    if (!key) {
        invalid.problems.push_back({"/name", "unknown_value", ""});
    }
    auto const kind = named<keys::CipherKind>(cipher_texts, algorithm, "/algorithm", invalid);
    auto const whose = named<keys::Tier>(tier_texts, tier, "/tier", invalid);
    if (version && (*version < 1 || *version > keys::key_version_max)) {
        invalid.problems.push_back({"/version", "out_of_range", "1 to 3"});
    }
    if (!invalid.problems.empty()) {
        return std::nullopt;
    }
    return KeyPlan{*key, *kind, *whose, version};
}

audit::KeyEntry entry_of(KeyPlan const& plan, std::string check_value) {
    return {std::string{apdu::to_text(plan.name)},
            std::string{tier_texts.at(static_cast<std::size_t>(plan.tier))},
            std::string{cipher_texts.at(static_cast<std::size_t>(plan.kind))}, plan.version,
            std::move(check_value)};
}

std::optional<api::KnownKey> known_key(api::KeyReport const& there, KeyPlan const& plan) {
    std::string_view const algorithm = keys::to_text(keys::card_algorithm(plan.kind));
    auto const found =
        std::find_if(there.keys.begin(), there.keys.end(), [&](api::KnownKey const& key) {
            return key.name == apdu::to_text(plan.name) && key.algorithm == algorithm &&
                   key.version == plan.version;
        });
    return found == there.keys.end() ? std::nullopt : std::optional{*found};
}

} // namespace sscardd
