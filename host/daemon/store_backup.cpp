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
keys::sealed::KeyBundle copies_of(keys::MasterKeySet const& masters) {
    keys::sealed::KeyBundle copies;
    for (keys::MasterKey const& key : masters.keys) {
        copies.cards.push_back(keys::copy_of(key));
    }
    for (keys::TerminalBdk const& bdk : masters.terminals.bdks) {
        copies.bdks.push_back(keys::copy_of(bdk));
    }
    for (keys::TerminalTransportKey const& transport : masters.terminals.transport_keys) {
        copies.transport_keys.push_back(keys::copy_of(transport));
    }
    return copies;
}

/// All keys of a report, terminals' under their use and id.
std::vector<api::KnownKey> all_known(api::KeyReport const& report) {
    std::vector<api::KnownKey> all = report.keys;
    for (api::KnownTerminalKey const& key : report.terminals) {
        all.push_back({key.use + " " + key.id, "", key.algorithm, std::nullopt, 0, key.check_value,
                       key.test, report.back_end});
    }
    return all;
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
        new BackupMaking{std::move(backup).value(), request.needed, all_known(store.report())}};
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
    if (!report.keys.empty() || !report.terminals.empty()) {
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
    api::KeyReport opened;
    opened.back_end = store_.report().back_end;
    auto const masters = held.value()->masters();
    opened.keys = known_keys(masters, opened.back_end);
    opened.terminals = known_terminal_keys(masters.terminals, masters.are_test_keys);
    keys_ = all_known(opened);
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
