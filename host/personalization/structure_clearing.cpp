#include "host/personalization/structure_clearing.hpp"

#include "apdu/require.hpp"

namespace personalization {
namespace {

using apdu::Command;
using apdu::Done;
using session::Fault;
using session::FaultCode;
using session::Outcome;

/// False where there is no MF.
Outcome<bool> select_mf(session::CardChannel& channel) {
    auto const fid = std::to_array<std::uint8_t>({0x3F, 0x00});
    auto const answer = channel.send(
        Command{apdu::Cla::interindustry, apdu::Ins::select, 0x00, 0x00}.with_data(fid));
    if (!answer.ok()) {
        return answer.error();
    }
    if (answer.value().status == apdu::sw::file_not_found) {
        return false;
    }
    if (!answer.value().status.is_success()) {
        return session::fault_of(answer.value().status, apdu::Ins::select, "MF");
    }
    return true;
}

/// The card says that the directory has no such key.
bool has_no_mk(Fault const& fault) { return fault.status == apdu::sw::key_not_found; }

Outcome<Done> prove_mk(KeyedChannel const& with, CosProfile const& profile) {
    CommandHeader const header = fill_header(profile.authenticate_mk, {});
    Outcome<Done> proved = Done{};
    for (apdu::KeyName const name : {apdu::KeyName::mk_mf, apdu::KeyName::temporary_mk}) {
        proved = perform(AuthenticateMk{header, {name}}, with);
        if (proved.ok() || has_no_mk(proved.error())) {
            return Done{};
        }
        if (proved.error().code != FaultCode::authentication_failed) {
            return proved;
        }
    }
    return proved;
}

} // namespace

Outcome<Done> clear_structure(KeyedChannel const& with, CosProfile const& profile) {
    auto reset = with.channel.reset();
    if (!reset.ok()) {
        return reset;
    }
    auto const has_mf = select_mf(with.channel);
    if (!has_mf.ok()) {
        return has_mf.error();
    }
    if (!has_mf.value()) {
        return Done{};
    }
    auto proved = prove_mk(with, profile);
    if (!proved.ok()) {
        return proved;
    }
    CommandHeader const header = fill_header(profile.delete_mf, {});
    auto const data = fill(profile.delete_mf.data, {});
    return send_checked(
        with.channel, Command{header.cla, header.ins, header.p1, header.p2}.with_data(data),
        [&](apdu::StatusWord status) { return session::fault_of(status, header.ins, "MF"); });
}

} // namespace personalization
