#pragma once

#include "host/api/caller.hpp"
#include "host/api/card_messages.hpp"
#include "host/api/confirmed_act_messages.hpp"
#include "host/api/diagnosis_messages.hpp"
#include "host/api/field_key_messages.hpp"
#include "host/api/file_messages.hpp"
#include "host/api/key_messages.hpp"
#include "host/api/lease_messages.hpp"
#include "host/api/minutes_messages.hpp"
#include "host/api/outcome.hpp"
#include "host/api/personalize_messages.hpp"
#include "host/api/pin_messages.hpp"
#include "host/api/reader_messages.hpp"
#include "host/api/record_messages.hpp"
#include "host/api/register_messages.hpp"
#include "host/api/terminal_key_messages.hpp"
#include "host/api/terminal_messages.hpp"

namespace api {

/// Everything that the daemon does for its clients: one request, one answer. Each may be served by
/// a thread of its own at the same time as others.
class Service {
public:
    Service() = default;
    Service(Service const&) = delete;
    Service& operator=(Service const&) = delete;
    virtual ~Service() = default;

    /// Answers a request; the faults are told with the request.
    [[nodiscard]] virtual Outcome<ReaderList> serve(ReadersRequest request, Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<BasicData> serve(BasicDataRequest request, Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<FileContents> serve(FileReadRequest request, Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<Written> serve(FileWriteRequest request, Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<Personalized> serve(PersonalizeRequest request,
                                                      Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<PersonalizationPlan> serve(PersonalizationPlanRequest request,
                                                             Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<Voided> serve(CardVoidRequest request, Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<CardList> serve(CardListRequest request, Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<Blocked> serve(CardBlockRequest request, Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<Blocked> serve(ApplicationBlockRequest request,
                                                 Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<PinStatus> serve(PinStatusRequest request, Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<PinStatus> serve(PinVerifyRequest request, Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<PinStatus> serve(PinChangeRequest request, Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<PinStatus> serve(PinResetRequest request, Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<PinStatus> serve(PinUnblockRequest request, Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<TerminalList> serve(TerminalListRequest request,
                                                      Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<TerminalHealth> serve(TerminalHealthRequest request,
                                                        Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<TerminalHealth> serve(TerminalKeyLoadRequest request,
                                                        Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<Ceremony> serve(TerminalProvisioningRequest request,
                                                  Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<TerminalHealth> serve(TerminalWipeRequest request,
                                                        Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<TerminalUpdated> serve(TerminalUpdateRequest request,
                                                         Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<RecordCheck> serve(RecordCheckRequest request,
                                                     Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<RecordSchema> serve(RecordSchemaRequest request,
                                                      Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<Diagnosis> serve(DiagnosisRequest request, Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<Lease> serve(LeaseRequest request, Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<Lease> serve(LeaseRenewalRequest request, Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<Released> serve(LeaseReleaseRequest request, Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<EventList> serve(EventsRequest request, Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<KeyReport> serve(KeysRequest request, Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<KeyDiagnosis> serve(KeysDoctorRequest request,
                                                      Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<KeyReport> serve(KeysUnlockRequest request, Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<KeyReport> serve(KeysLockRequest request, Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<KeyReport> serve(KeyStoreCreationRequest request,
                                                   Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<KeyReport> serve(KeysImportRequest request, Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<KeyReport> serve(KeyRemovalRequest request, Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<KeyReport> serve(PassphraseChangeRequest request,
                                                   Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<Ceremony> serve(KeyCeremonyRequest request, Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<ShownPart> serve(PartShowRequest request, Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<CustodianPart> serve(PartRequest request, Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<Combined> serve(CombineRequest request, Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<MinutesDocument> serve(CeremonyFinishRequest request,
                                                         Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<MinutesDocument> serve(CeremonyAbortRequest request,
                                                         Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<MinutesList> serve(MinutesListRequest request,
                                                     Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<MinutesDocument> serve(MinutesRequest request,
                                                         Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<MinutesProof> serve(MinutesProofRequest request,
                                                      Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<Ceremony> serve(KeyBackupRequest request, Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<Ceremony> serve(KeyRestoreRequest request, Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<Ceremony> serve(TerminalKeyCeremonyRequest request,
                                                  Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<Ceremony> serve(InitialKeyRequest request, Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<FieldKeys> serve(FieldKeysRequest request, Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<Ceremony> serve(KeyRotationRequest request, Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<Ceremony> serve(KeyGenerationRequest request, Caller& caller) = 0;
    [[nodiscard]] virtual Outcome<Ceremony> serve(KeyDestructionRequest request,
                                                  Caller& caller) = 0;
};

} // namespace api
