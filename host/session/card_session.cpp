#include "host/session/card_session.hpp"

#include "host/session/authentication_field.hpp"

#include "host/session/foreign_card.hpp"
#include "host/session/key_fault.hpp"

#include "apdu/fci.hpp"
#include "keys/constant_time.hpp"
#include "keys/key_table.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace session {
namespace {

using apdu::Cla;
using apdu::Command;
using apdu::Directory;
using apdu::Ins;

constexpr std::uint8_t by_name = 0x04; ///< P1 of SELECT
constexpr std::uint8_t by_fid = 0x00;
constexpr std::string_view issuer_data_path = "SSSE/EF05";

Command select_by_name() { return Command{Cla::interindustry, Ins::select, by_name, 0x00}; }
Command select_by_fid() { return Command{Cla::interindustry, Ins::select, by_fid, 0x00}; }

/// SELECT SSSE and its FCI.
Outcome<std::vector<std::uint8_t>> select_ssse(CardChannel& channel) {
    auto answer =
        channel.send(select_by_name().with_data(apdu::ssse_name()).expecting(apdu::short_ne_max));
    if (!answer.ok()) {
        return answer.error();
    }
    if (!answer.value().status.is_success()) {
        return card_instead_of_ours(channel, answer.value().status);
    }
    return std::move(answer.value().data);
}

/// SSSE/EF05, which every generation has alike. A card without the file has nothing in it.
Outcome<std::vector<std::uint8_t>> read_issuer_data(FileCommands& files) {
    auto const place = apdu::find_file(apdu::layout_of(apdu::SpecVersion::v2_00), issuer_data_path);
    apdu::require(place.has_value());
    auto records = files.read_records(*place);
    if (!records.ok() && records.error().status == apdu::sw::file_not_found) {
        return std::vector<std::uint8_t>{};
    }
    return records;
}

bool is_same(keys::KeyReference left, keys::KeyReference right) {
    return left.name == right.name && left.version == right.version;
}

} // namespace

CardSession::CardSession(CardChannel& channel, keys::KeyService* keys, RandomSource random,
                         keys::KeyVersions const& versions, FileCommands files, RecognizedCard card)
    : channel_{channel}, keys_{keys}, random_{std::move(random)}, versions_{versions},
      files_{files}, card_{std::move(card)} {}

Outcome<CardSession> CardSession::open(CardChannel& channel, keys::KeyService* keys,
                                       RandomSource random, keys::KeyVersions const& versions) {
    auto const fci = select_ssse(channel);
    if (!fci.ok()) {
        return fci.error();
    }
    auto const algorithm = algorithm_of_fci(fci.value());
    if (!algorithm.ok()) {
        return algorithm.error();
    }
    FileCommands files{channel};
    auto issuer_data = read_issuer_data(files);
    if (!issuer_data.ok()) {
        return issuer_data.error();
    }
    auto card = recognize(algorithm.value(), channel.atr(), std::move(issuer_data).value());
    if (!card.ok()) {
        return card.error();
    }
    return CardSession{channel, keys, std::move(random), versions, files, std::move(card).value()};
}

bool CardSession::has_key(apdu::KeyName key) const {
    return keys_ != nullptr && keys_->has(card_.identity.algorithm, in_use(key));
}

apdu::CardLayout const& CardSession::layout() const { return apdu::layout_of(card_.version); }

void CardSession::forget_state() {
    current_.reset();
    authenticated_.clear();
    is_pin_verified_ = false;
    files_.forget_selection();
}

Outcome<apdu::Done> CardSession::enter(Directory directory) {
    if (current_ == directory) {
        return apdu::Done{};
    }
    forget_state();
    if (directory == Directory::mf) {
        auto const mf = std::to_array<std::uint8_t>({0x3F, 0x00});
        return select(directory, select_by_fid().with_data(mf), "MF");
    }
    apdu::DedicatedFile const* const file = apdu::find_directory(layout(), directory);
    if (file == nullptr) {
        return Fault{.code = FaultCode::unknown_file};
    }
    if (!file->name.empty()) {
        return select(directory, select_by_name().with_data(file->name), file->label_zh);
    }
    // One without a name is found below SSSE only.
    auto const above = enter(Directory::ssse);
    if (!above.ok()) {
        return above.error();
    }
    forget_state();
    auto const fid = std::to_array(
        {static_cast<std::uint8_t>(file->fid >> 8U), static_cast<std::uint8_t>(file->fid)});
    return select(directory, select_by_fid().with_data(fid), file->label_zh);
}

Outcome<apdu::Done> CardSession::select(Directory directory, Command const& command,
                                        std::string_view label) {
    auto const answer = channel_.send(command.expecting(apdu::short_ne_max));
    if (!answer.ok()) {
        return answer.error();
    }
    if (!answer.value().status.is_success()) {
        return fault_of(answer.value().status, Ins::select, std::string{label});
    }
    current_ = directory;
    return apdu::Done{};
}

bool CardSession::is_authenticated(keys::KeyReference key) const {
    return std::any_of(authenticated_.begin(), authenticated_.end(),
                       [key](keys::KeyReference other) { return is_same(key, other); });
}

Outcome<apdu::Done> CardSession::authenticate(keys::KeyReference key) {
    keys::KeyRow const& row = keys::key_row(key.name);
    if (row.t514_type != keys::T514KeyType::external_authentication || !row.card_id.has_value()) {
        return Fault{.code = FaultCode::request_invalid,
                     .detail = std::string{apdu::to_text(key.name)}};
    }
    keys::Algorithm const algorithm = card_.identity.algorithm;
    if (keys_ == nullptr || !keys_->has(algorithm, key)) {
        return key_missing(algorithm, key);
    }
    Directory const home = apdu::directory_of(key.name);
    bool const is_global = home == Directory::ssse;
    if (!is_global || !current_.has_value()) {
        auto const entered = enter(home);
        if (!entered.ok()) {
            return entered.error();
        }
    }
    if (is_authenticated(key)) {
        return apdu::Done{};
    }
    // The first challenge is the original, the last one the process factor. card.md §3.5.
    auto const original = channel_.get_challenge();
    if (!original.ok()) {
        return original.error();
    }
    auto const process = channel_.get_challenge();
    if (!process.ok()) {
        return process.error();
    }
    auto const data =
        keys_->external_authentication(card_.identity, key, process.value(), original.value());
    if (!data.ok()) {
        return fault_of(data.error());
    }
    return send_authentication(key, data.value(), original.value());
}

Outcome<apdu::Done> CardSession::send_authentication(keys::KeyReference key,
                                                     keys::AuthenticationData const& data,
                                                     keys::Challenge const& original) {
    AuthenticationField const field{data, original, key.version};
    Command const command{Cla::interindustry, Ins::external_authenticate, 0x00,
                          *keys::key_row(key.name).card_id};
    auto const answer = channel_.send(command.with_data(field.view()));
    if (!answer.ok()) {
        return answer.error();
    }
    apdu::StatusWord const status = answer.value().status;
    if (status.is_success()) {
        authenticated_.push_back(key);
        return apdu::Done{};
    }
    Fault fault = fault_of(status, command.ins(), std::string{apdu::to_text(key.name)});
    if (status.sw1() == 0x63) {
        fault.code = FaultCode::authentication_failed;
    }
    return fault;
}

Outcome<apdu::Done> CardSession::check_genuine() {
    keys::KeyReference const irk = in_use(apdu::KeyName::irk);
    if (keys_ == nullptr || !keys_->has(card_.identity.algorithm, irk)) {
        return key_missing(card_.identity.algorithm, irk);
    }
    keys::Challenge process{};
    keys::Challenge original{};
    if (!random_(process) || !random_(original)) {
        return Fault{.code = FaultCode::key_service_failed, .detail = "random numbers"};
    }
    auto const expected = keys_->internal_answer(card_.identity, irk.version, process, original);
    if (!expected.ok()) {
        return fault_of(expected.error());
    }
    AuthenticationField const field{process, original, irk.version};
    Command const command{Cla::interindustry, Ins::internal_authenticate, 0x00, 0x00};
    auto const answer =
        channel_.send(command.with_data(field.view()).expecting(expected.value().size()));
    if (!answer.ok()) {
        return answer.error();
    }
    if (!answer.value().status.is_success()) {
        return fault_of(answer.value().status, command.ins(), "IRK");
    }
    if (answer.value().data.size() != expected.value().size()) {
        return Fault{.code = FaultCode::answer_malformed, .ins = command.ins()};
    }
    if (!keys::equal_in_constant_time(answer.value().data, expected.value())) {
        return Fault{.code = FaultCode::card_not_genuine};
    }
    return apdu::Done{};
}

} // namespace session
