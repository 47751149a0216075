// The requests about ceremonies and their minutes, noted in the log: never a part, never a key.
#include "host/daemon/card_service.hpp"

#include "host/daemon/fault_message.hpp"
#include "host/daemon/field_keys.hpp"
#include "host/daemon/initial_key_handing.hpp"
#include "host/daemon/key_destruction.hpp"
#include "host/daemon/key_generation.hpp"
#include "host/daemon/key_making.hpp"
#include "host/daemon/key_rotation.hpp"
#include "host/daemon/store_backup.hpp"
#include "host/daemon/terminal_key_making.hpp"
#include "host/daemon/terminal_provisioning.hpp"

#include <spdlog/spdlog.h>

namespace sscardd {
namespace {

template <typename Reply>
api::Outcome<Reply> noted_step(api::Caller const& caller, std::string_view step,
                               api::Outcome<Reply> outcome) {
    std::string const user = caller.user();
    if (outcome.ok()) {
        spdlog::info("keys ceremony {}, by {}: done", step, user);
    } else {
        spdlog::warn("keys ceremony {}, by {}: {} {}", step, user, outcome.error().code,
                     outcome.error().detail);
    }
    return outcome;
}

} // namespace

api::Outcome<api::Ceremony> CardService::serve(api::KeyCeremonyRequest request,
                                               api::Caller& caller) {
    auto begun = ceremonies_.begin(audit::Act::ceremony, {request.custodians, request.witnesses},
                                   caller.user(), [&] { return KeyMaking::begin(keys_, request); });
    return noted_step(caller, "begin", std::move(begun));
}

api::Outcome<api::Ceremony> CardService::serve(api::KeyBackupRequest request, api::Caller& caller) {
    auto begun =
        ceremonies_.begin(audit::Act::backup, {request.custodians, request.witnesses},
                          caller.user(), [&] { return BackupMaking::begin(keys_, request); });
    return noted_step(caller, "begin backup", std::move(begun));
}

api::Outcome<api::Ceremony> CardService::serve(api::KeyRestoreRequest request,
                                               api::Caller& caller) {
    auto begun =
        ceremonies_.begin(audit::Act::restore, {request.custodians, request.witnesses},
                          caller.user(), [&] { return BackupOpening::begin(keys_, request); });
    return noted_step(caller, "begin restore", std::move(begun));
}

api::Outcome<api::Ceremony> CardService::serve(api::KeyDestructionRequest request,
                                               api::Caller& caller) {
    auto begun = ceremonies_.begin(
        audit::Act::destruction, {request.custodians, request.witnesses}, caller.user(),
        [&] { return KeyDestruction::begin(keys_, register_, request); });
    return noted_step(caller, "begin destruction", std::move(begun));
}

api::Outcome<api::Ceremony> CardService::serve(api::TerminalKeyCeremonyRequest request,
                                               api::Caller& caller) {
    auto begun =
        ceremonies_.begin(audit::Act::ceremony, {request.custodians, request.witnesses},
                          caller.user(), [&] { return TerminalKeyMaking::begin(keys_, request); });
    return noted_step(caller, "begin", std::move(begun));
}

api::Outcome<api::Ceremony> CardService::serve(api::InitialKeyRequest request,
                                               api::Caller& caller) {
    auto begun =
        ceremonies_.begin(audit::Act::initial_key, {request.custodians, request.witnesses},
                          caller.user(), [&] { return InitialKeyHanding::begin(keys_, request); });
    return noted_step(caller, "begin initial key", std::move(begun));
}

api::Outcome<api::Ceremony> CardService::serve(api::TerminalProvisioningRequest request,
                                               api::Caller& caller) {
    // Nobody shall give a part for a terminal that would not take it.
    auto const health = serve(api::TerminalHealthRequest{request.reader}, caller);
    if (!health.ok()) {
        return health.error();
    }
    request.reader = health.value().reader;
    if (health.value().tampered) {
        return api::fault("terminal_refused", "tampered");
    }
    if (health.value().keys != "empty") {
        return api::fault("terminal_provisioned", *request.reader);
    }
    for (api::KnownTerminalKey const& key : keys_.report().terminals) {
        if (key.use == "KBPK" && key.id == request.id) {
            request.check_value = key.check_value;
        }
    }
    auto begun = ceremonies_.begin(
        audit::Act::provisioning, {request.custodians, request.witnesses}, caller.user(),
        [&] { return TerminalProvisioning::begin(lanes_, request, caller); });
    return noted_step(caller, "begin provisioning", std::move(begun));
}

api::Outcome<api::FieldKeys> CardService::serve(api::FieldKeysRequest /*request*/,
                                                api::Caller& /*caller*/) {
    auto told = field_keys(register_, keys_.report().keys);
    if (!told.ok()) {
        return message_of(told.error());
    }
    return std::move(told).value();
}

api::Outcome<api::Ceremony> CardService::serve(api::KeyRotationRequest request,
                                               api::Caller& caller) {
    auto begun = ceremonies_.begin(audit::Act::rotation, {request.custodians, request.witnesses},
                                   caller.user(),
                                   [&] { return KeyRotation::begin(keys_, register_, request); });
    return noted_step(caller, "begin rotation", std::move(begun));
}

api::Outcome<api::Ceremony> CardService::serve(api::KeyGenerationRequest request,
                                               api::Caller& caller) {
    auto begun =
        ceremonies_.begin(audit::Act::generation, {request.custodians, request.witnesses},
                          caller.user(), [&] { return KeyGeneration::begin(keys_, request); });
    return noted_step(caller, "begin generation", std::move(begun));
}

api::Outcome<api::ShownPart> CardService::serve(api::PartShowRequest request, api::Caller& caller) {
    return noted_step(caller, "show", ceremonies_.show(request, caller.user()));
}

api::Outcome<api::CustodianPart> CardService::serve(api::PartRequest request, api::Caller& caller) {
    return noted_step(caller, "part", ceremonies_.take(request, caller.user()));
}

api::Outcome<api::Combined> CardService::serve(api::CombineRequest request, api::Caller& caller) {
    return noted_step(caller, "combine", ceremonies_.combine(request, caller.user()));
}

api::Outcome<api::MinutesDocument> CardService::serve(api::CeremonyFinishRequest request,
                                                      api::Caller& caller) {
    return noted_step(caller, "finish", ceremonies_.finish(request, caller.user()));
}

api::Outcome<api::MinutesDocument> CardService::serve(api::CeremonyAbortRequest request,
                                                      api::Caller& caller) {
    return noted_step(caller, "abort", ceremonies_.abort(request, caller.user()));
}

api::Outcome<api::MinutesList> CardService::serve(api::MinutesListRequest /*request*/,
                                                  api::Caller& /*caller*/) {
    return minutes_.list();
}

api::Outcome<api::MinutesDocument> CardService::serve(api::MinutesRequest request,
                                                      api::Caller& /*caller*/) {
    return minutes_.find(request.number, request.pdf);
}

api::Outcome<api::MinutesProof> CardService::serve(api::MinutesProofRequest request,
                                                   api::Caller& /*caller*/) {
    return minutes_.prove(request.text);
}

} // namespace sscardd
