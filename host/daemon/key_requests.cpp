// The requests about keys: what CardService hands on to the key store, noted in the log.
#include "host/daemon/card_service.hpp"

#include "host/daemon/key_doctor.hpp"

#include <spdlog/spdlog.h>

namespace sscardd {
namespace {

api::Outcome<api::KeyReport> noted(api::Caller const& caller, std::string_view operation,
                                   api::Outcome<api::KeyReport> outcome) {
    std::string const user = caller.user();
    if (outcome.ok()) {
        spdlog::info("keys {}, by {}: done, {} keys, {}", operation, user,
                     outcome.value().keys.size(), api::name_of(outcome.value().state));
    } else {
        spdlog::warn("keys {}, by {}: {}", operation, user, outcome.error().code);
    }
    return outcome;
}

} // namespace

api::Outcome<api::KeyReport> CardService::serve(api::KeysRequest /*request*/,
                                                api::Caller& /*caller*/) {
    return keys_.report();
}

api::Outcome<api::KeyDiagnosis> CardService::serve(api::KeysDoctorRequest /*request*/,
                                                   api::Caller& /*caller*/) {
    return diagnose_keys(keys_, configuration_);
}

api::Outcome<api::KeyReport> CardService::serve(api::KeysUnlockRequest request,
                                                api::Caller& caller) {
    return noted(caller, "unlock", keys_.unlock(std::move(request)));
}

api::Outcome<api::KeyReport> CardService::serve(api::KeysLockRequest /*request*/,
                                                api::Caller& caller) {
    return noted(caller, "lock", keys_.lock());
}

api::Outcome<api::KeyReport> CardService::serve(api::KeyStoreCreationRequest request,
                                                api::Caller& caller) {
    return noted(caller, "create-store", keys_.create(std::move(request)));
}

api::Outcome<api::KeyReport> CardService::serve(api::KeysImportRequest request,
                                                api::Caller& caller) {
    return noted(caller, "import", keys_.take_in(std::move(request)));
}

api::Outcome<api::KeyReport> CardService::serve(api::KeyRemovalRequest request,
                                                api::Caller& caller) {
    return noted(caller, "remove", keys_.remove(request));
}

api::Outcome<api::KeyReport> CardService::serve(api::PassphraseChangeRequest request,
                                                api::Caller& caller) {
    return noted(caller, "passphrase", keys_.change_passphrase(std::move(request)));
}

} // namespace sscardd
