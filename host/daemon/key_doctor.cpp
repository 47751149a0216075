#include "host/daemon/key_doctor.hpp"

#include "host/personalization/directory_keys.hpp"

#include "apdu/card_layout.hpp"

#include <fmt/format.h>

namespace sscardd {
namespace {

using keys::KeyReference;

/// The keys of a card with those directories, and those that it is made under.
std::vector<KeyReference> needed_keys(apdu::SpecVersion version) {
    std::vector<KeyReference> needed{{apdu::KeyName::transport_key},
                                     {apdu::KeyName::temporary_mk},
                                     {apdu::mk_of(apdu::Directory::mf)}};
    for (apdu::DedicatedFile const& directory : apdu::layout_of(version).directories) {
        needed.push_back({apdu::mk_of(directory.directory)});
        for (auto const& key : personalization::keys_of(directory.directory)) {
            for (std::uint8_t group = 1; group <= key.groups; ++group) {
                needed.push_back({key.name, group});
            }
        }
    }
    return needed;
}

void tell_state(api::KeyDiagnosis& found) {
    api::KeyReport const& report = found.report;
    if (report.fault) {
        found.faults.push_back(*report.fault);
    } else if (report.state == api::KeyState::locked) {
        found.faults.push_back(api::fault(api::code::keys_locked, report.path));
    }
    if (report.back_end == api::KeyBackEnd::key_file) {
        found.warnings.push_back(api::fault(api::code::keys_in_clear, report.path));
    }
    if (report.test.value_or(false)) {
        found.warnings.push_back(api::fault(api::code::test_keys_in_use));
    }
}

/// What its tokens cannot do, as far as this office makes such cards; the rest are warnings.
void tell_of_token(api::KeyDiagnosis& found, api::KeyToken const& token) {
    bool const is_locked = token.fault && token.fault->code == api::code::keys_locked;
    if (token.fault && !is_locked && !found.report.fault) {
        found.warnings.push_back(*token.fault);
    }
    for (std::string const& lack : token.lacks) {
        bool const hinders = token.in_use && lack.starts_with(found.algorithm + ":");
        (hinders ? found.faults : found.warnings)
            .push_back(
                api::fault("hsm_mechanism_missing", fmt::format("{}, {}", token.label, lack)));
    }
    if (!token.missing.empty()) {
        found.warnings.push_back(api::fault(
            "hsm_spare_lacks", fmt::format("{}: {}", token.label, fmt::join(token.missing, ", "))));
    }
    if (!token.leaves.empty()) {
        found.warnings.push_back(
            api::fault("hsm_key_leaves", fmt::format("{}", fmt::join(token.leaves, ", "))));
    }
}

} // namespace

api::KeyDiagnosis diagnose_keys(KeyStore const& keys, Configuration const& office) {
    api::KeyDiagnosis found;
    found.report = keys.report();
    auto const algorithm = office.card_algorithm();
    found.region = office.region.value_or("");
    found.version = apdu::to_text(office.version);
    found.algorithm = keys::to_text(algorithm);
    auto const needed = needed_keys(office.version);
    found.needed = static_cast<std::uint32_t>(needed.size());
    LaneKeys const at_hand = keys.service();
    for (KeyReference const key : needed) {
        if (at_hand.service == nullptr || !at_hand.service->has(algorithm, key)) {
            found.missing.push_back(
                fmt::format("{} version {}", apdu::to_text(key.name), key.version));
        }
    }
    tell_state(found);
    for (api::KeyToken const& token : found.report.tokens) {
        tell_of_token(found, token);
    }
    if (found.report.psam && found.report.psam->fault && !found.report.fault) {
        found.warnings.push_back(*found.report.psam->fault);
    }
    if (office.keys.is_hsm() && office.keys.hsm.card_keys == keys::pkcs11::CardKeyExport::refused) {
        found.warnings.push_back(api::fault("key_held_back", "card_keys_may_leave = false"));
    }
    if (at_hand.service != nullptr && !found.missing.empty()) {
        found.faults.push_back(
            api::fault("key_missing", fmt::format("{} of {}", found.missing.size(), found.needed)));
    }
    return found;
}

} // namespace sscardd
