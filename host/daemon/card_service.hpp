#pragma once

#include "host/daemon/card_at_hand.hpp"
#include "host/daemon/ceremonies.hpp"
#include "host/daemon/configuration.hpp"
#include "host/daemon/event_stream.hpp"
#include "host/daemon/key_store.hpp"
#include "host/daemon/personalize_job.hpp"
#include "host/daemon/reader_lanes.hpp"

#include "host/store/card_makings.hpp"
#include "host/store/card_register.hpp"

namespace sscardd {

/// What the daemon does for its clients: each request becomes one job on the lane of its reader.
class CardService final : public api::Service {
public:
    /// All must outlive the service.
    CardService(Configuration const& configuration, ReaderLanes& lanes, store::CardMakings& makings,
                store::CardRegister& cards, KeyStore& keys)
        : configuration_{configuration}, lanes_{lanes}, makings_{makings}, register_{cards},
          keys_{keys}, streams_{lanes.events(), [&lanes] { lanes.leases().expire(); }} {}

    [[nodiscard]] api::Outcome<api::ReaderList> serve(api::ReadersRequest request,
                                                      api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::BasicData> serve(api::BasicDataRequest request,
                                                     api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::FileContents> serve(api::FileReadRequest request,
                                                        api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::Written> serve(api::FileWriteRequest request,
                                                   api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::Personalized> serve(api::PersonalizeRequest request,
                                                        api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::PersonalizationPlan>
    serve(api::PersonalizationPlanRequest request, api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::Voided> serve(api::CardVoidRequest request,
                                                  api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::CardList> serve(api::CardListRequest request,
                                                    api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::Blocked> serve(api::CardBlockRequest request,
                                                   api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::Blocked> serve(api::ApplicationBlockRequest request,
                                                   api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::PinStatus> serve(api::PinStatusRequest request,
                                                     api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::PinStatus> serve(api::PinVerifyRequest request,
                                                     api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::PinStatus> serve(api::PinChangeRequest request,
                                                     api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::PinStatus> serve(api::PinResetRequest request,
                                                     api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::PinStatus> serve(api::PinUnblockRequest request,
                                                     api::Caller& caller) override;
    /// In terminal_requests.cpp.
    [[nodiscard]] api::Outcome<api::TerminalList> serve(api::TerminalListRequest request,
                                                        api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::TerminalHealth> serve(api::TerminalHealthRequest request,
                                                          api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::TerminalHealth> serve(api::TerminalKeyLoadRequest request,
                                                          api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::TerminalHealth> serve(api::TerminalWipeRequest request,
                                                          api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::TerminalUpdated> serve(api::TerminalUpdateRequest request,
                                                           api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::RecordCheck> serve(api::RecordCheckRequest request,
                                                       api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::RecordSchema> serve(api::RecordSchemaRequest request,
                                                        api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::Diagnosis> serve(api::DiagnosisRequest request,
                                                     api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::Lease> serve(api::LeaseRequest request,
                                                 api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::Lease> serve(api::LeaseRenewalRequest request,
                                                 api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::Released> serve(api::LeaseReleaseRequest request,
                                                    api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::EventList> serve(api::EventsRequest request,
                                                     api::Caller& caller) override;

    /// In key_requests.cpp; each is noted in the log with the client's user.
    [[nodiscard]] api::Outcome<api::KeyReport> serve(api::KeysRequest request,
                                                     api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::KeyDiagnosis> serve(api::KeysDoctorRequest request,
                                                        api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::KeyReport> serve(api::KeysUnlockRequest request,
                                                     api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::KeyReport> serve(api::KeysLockRequest request,
                                                     api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::KeyReport> serve(api::KeyStoreCreationRequest request,
                                                     api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::KeyReport> serve(api::KeysImportRequest request,
                                                     api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::KeyReport> serve(api::KeyRemovalRequest request,
                                                     api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::KeyReport> serve(api::PassphraseChangeRequest request,
                                                     api::Caller& caller) override;

    /// In ceremony_requests.cpp; likewise.
    [[nodiscard]] api::Outcome<api::Ceremony> serve(api::KeyCeremonyRequest request,
                                                    api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::ShownPart> serve(api::PartShowRequest request,
                                                     api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::CustodianPart> serve(api::PartRequest request,
                                                         api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::Combined> serve(api::CombineRequest request,
                                                    api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::MinutesDocument> serve(api::CeremonyFinishRequest request,
                                                           api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::MinutesDocument> serve(api::CeremonyAbortRequest request,
                                                           api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::MinutesList> serve(api::MinutesListRequest request,
                                                       api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::MinutesDocument> serve(api::MinutesRequest request,
                                                           api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::MinutesProof> serve(api::MinutesProofRequest request,
                                                        api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::Ceremony> serve(api::KeyBackupRequest request,
                                                    api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::Ceremony> serve(api::TerminalKeyCeremonyRequest request,
                                                    api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::Ceremony> serve(api::InitialKeyRequest request,
                                                    api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::Ceremony> serve(api::TerminalProvisioningRequest request,
                                                    api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::FieldKeys> serve(api::FieldKeysRequest request,
                                                     api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::Ceremony> serve(api::KeyRotationRequest request,
                                                    api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::Ceremony> serve(api::KeyGenerationRequest request,
                                                    api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::Ceremony> serve(api::KeyDestructionRequest request,
                                                    api::Caller& caller) override;
    [[nodiscard]] api::Outcome<api::Ceremony> serve(api::KeyRestoreRequest request,
                                                    api::Caller& caller) override;

private:
    Configuration const& configuration_;
    ReaderLanes& lanes_;
    store::CardMakings& makings_;
    store::CardRegister& register_;
    KeyStore& keys_;
    MinutesKeeper minutes_{configuration_, keys_};
    Ceremonies ceremonies_{minutes_};
    RefusedChips refused_{};
    EventStreams streams_;
};

} // namespace sscardd
