#include "host/daemon/store_backup.hpp"

#include "host/api/base64.hpp"

#include <fmt/format.h>

namespace sscardd {
namespace {

using keys::custody::NewBackup;
using keys::custody::OpenedBackup;

api::Fault invalid(char const* where, std::string detail) {
    api::Fault fault = api::fault(api::code::request_invalid);
    fault.problems.push_back({where, "out_of_range", std::move(detail)});
    return fault;
}

void describe_keys(std::vector<api::KnownKey> const& keys, audit::Minutes& minutes) {
    minutes.keys.clear();
    for (api::KnownKey const& key : keys) {
        minutes.keys.push_back({key.name, key.tier, key.algorithm, key.version, key.check_value});
    }
}

/// Held keys again, for a store that takes them.
std::vector<keys::MasterKey> copies_of(keys::MasterKeySet const& masters) {
    std::vector<keys::MasterKey> copies;
    for (keys::MasterKey const& key : masters.keys) {
        copies.push_back(keys::sealed::copy_of(key));
    }
    return copies;
}

} // namespace

api::Outcome<std::unique_ptr<CustodyAct>>
BackupMaking::begin(KeyStore const& store, api::KeyBackupRequest const& request) {
    if (auto refusal = store.refusal()) {
        return *std::move(refusal);
    }
    if (request.needed < 2 || request.needed > request.custodians.size()) {
        return invalid("/needed", fmt::format("2 to {}", request.custodians.size()));
    }
    auto backup = store.back_up(request.needed, request.custodians.size());
    if (!backup.ok()) {
        return backup.error();
    }
    return std::unique_ptr<CustodyAct>{
        new BackupMaking{std::move(backup).value(), request.needed, store.report().keys}};
}

api::Outcome<api::ShownPart> BackupMaking::show(std::size_t index) {
    return api::ShownPart{api::SecretText{backup_.text_of(index)},
                          text_of(backup_.check_value(index))};
}

api::Outcome<std::string> BackupMaking::take(std::size_t index, std::string_view typed,
                                             std::optional<keys::CheckValue> const& expected) {
    auto const value = backup_.compare(index, typed, expected);
    return value.ok() ? api::Outcome<std::string>{text_of(value.value())}
                      : message_of(value.error());
}

api::Outcome<api::Combined> BackupMaking::combine() {
    if (!backup_.is_written_down()) {
        return message_of(keys::custody::CustodyFault::part_missing);
    }
    return api::Combined{text_of(keys::custody::fingerprint_of(backup_.file())),
                         static_cast<std::uint32_t>(keys_.size())};
}

void BackupMaking::describe(audit::Minutes& minutes) const {
    minutes.origin = "generated";
    describe_keys(keys_, minutes);
    if (minutes.remark.empty()) {
        minutes.remark = fmt::format("{} of {} shares; file {}", needed_, minutes.custodians.size(),
                                     text_of(keys::custody::fingerprint_of(backup_.file())));
    }
}

api::Outcome<std::unique_ptr<CustodyAct>>
BackupOpening::begin(KeyStore& store, api::KeyRestoreRequest const& request) {
    if (auto refusal = store.refusal()) {
        return *std::move(refusal);
    }
    auto const report = store.report();
    if (!report.keys.empty()) {
        return api::fault("store_not_empty", report.path);
    }
    auto file = api::bytes_of_base64(request.file);
    if (!file) {
        return message_of(keys::custody::CustodyFault::backup_malformed);
    }
    auto backup = OpenedBackup::begin(*std::move(file));
    if (!backup.ok()) {
        return message_of(backup.error());
    }
    auto const& header = backup.value().header();
    if (header.is_test != report.test.value_or(false)) {
        return api::fault("test_keys_mixed");
    }
    if (header.needed != request.custodians.size()) {
        return invalid("/custodians", fmt::format("{}", header.needed));
    }
    return std::unique_ptr<CustodyAct>{new BackupOpening{store, std::move(backup).value()}};
}

api::Outcome<api::ShownPart> BackupOpening::show(std::size_t /*index*/) {
    return api::fault("part_shown");
}

api::Outcome<std::string> BackupOpening::take(std::size_t index, std::string_view typed,
                                              std::optional<keys::CheckValue> const& expected) {
    auto const value = backup_.take(index, typed, expected);
    return value.ok() ? api::Outcome<std::string>{text_of(value.value())}
                      : message_of(value.error());
}

api::Outcome<api::Combined> BackupOpening::combine() {
    auto const held = backup_.open();
    if (!held.ok()) {
        return message_of(held.error());
    }
    keys_ = known_keys(held.value()->masters(), store_.report().back_end);
    return api::Combined{text_of(backup_.fingerprint()), static_cast<std::uint32_t>(keys_.size())};
}

api::Outcome<apdu::Done> BackupOpening::carry_out() {
    auto const held = backup_.open();
    if (!held.ok()) {
        return message_of(held.error());
    }
    return store_.take(copies_of(held.value()->masters()));
}

void BackupOpening::describe(audit::Minutes& minutes) const {
    minutes.origin = "entered";
    describe_keys(keys_, minutes);
    if (minutes.remark.empty()) {
        minutes.remark = "file " + text_of(backup_.fingerprint());
    }
}

} // namespace sscardd
