#pragma once

#include "host/api/server.hpp"
#include "host/api/service.hpp"

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <thread>
#include <tuple>

namespace api::test {

/// A service that answers as a test says: `service.on<PinStatusRequest>() = …`. A request without
/// an answer is an internal fault.
class CannedService final : public Service {
public:
    template <typename Request>
    using Answer = std::function<Outcome<typename Request::Reply>(Request&, Caller&)>;

    template <typename Request>
    Answer<Request>& on() {
        return std::get<Answer<Request>>(answers_);
    }

    Outcome<ReaderList> serve(ReadersRequest r, Caller& c) override { return answer(r, c); }
    Outcome<BasicData> serve(BasicDataRequest r, Caller& c) override { return answer(r, c); }
    Outcome<FileContents> serve(FileReadRequest r, Caller& c) override { return answer(r, c); }
    Outcome<Written> serve(FileWriteRequest r, Caller& c) override { return answer(r, c); }
    Outcome<Personalized> serve(PersonalizeRequest r, Caller& c) override { return answer(r, c); }
    Outcome<PersonalizationPlan> serve(PersonalizationPlanRequest r, Caller& c) override {
        return answer(r, c);
    }
    Outcome<Voided> serve(CardVoidRequest r, Caller& c) override { return answer(r, c); }
    Outcome<CardList> serve(CardListRequest r, Caller& c) override { return answer(r, c); }
    Outcome<Blocked> serve(CardBlockRequest r, Caller& c) override { return answer(r, c); }
    Outcome<Blocked> serve(ApplicationBlockRequest r, Caller& c) override { return answer(r, c); }
    Outcome<PinStatus> serve(PinStatusRequest r, Caller& c) override { return answer(r, c); }
    Outcome<PinStatus> serve(PinVerifyRequest r, Caller& c) override { return answer(r, c); }
    Outcome<PinStatus> serve(PinChangeRequest r, Caller& c) override { return answer(r, c); }
    Outcome<PinStatus> serve(PinResetRequest r, Caller& c) override { return answer(r, c); }
    Outcome<PinStatus> serve(PinUnblockRequest r, Caller& c) override { return answer(r, c); }
    Outcome<TerminalList> serve(TerminalListRequest r, Caller& c) override { return answer(r, c); }
    Outcome<TerminalHealth> serve(TerminalHealthRequest r, Caller& c) override {
        return answer(r, c);
    }
    Outcome<TerminalHealth> serve(TerminalKeyLoadRequest r, Caller& c) override {
        return answer(r, c);
    }
    Outcome<TerminalHealth> serve(TerminalWipeRequest r, Caller& c) override {
        return answer(r, c);
    }
    Outcome<TerminalUpdated> serve(TerminalUpdateRequest r, Caller& c) override {
        return answer(r, c);
    }
    Outcome<RecordCheck> serve(RecordCheckRequest r, Caller& c) override { return answer(r, c); }
    Outcome<RecordSchema> serve(RecordSchemaRequest r, Caller& c) override { return answer(r, c); }
    Outcome<Diagnosis> serve(DiagnosisRequest r, Caller& c) override { return answer(r, c); }
    Outcome<Lease> serve(LeaseRequest r, Caller& c) override { return answer(r, c); }
    Outcome<Lease> serve(LeaseRenewalRequest r, Caller& c) override { return answer(r, c); }
    Outcome<Released> serve(LeaseReleaseRequest r, Caller& c) override { return answer(r, c); }
    Outcome<EventList> serve(EventsRequest r, Caller& c) override { return answer(r, c); }
    Outcome<KeyReport> serve(KeysRequest r, Caller& c) override { return answer(r, c); }
    Outcome<KeyDiagnosis> serve(KeysDoctorRequest r, Caller& c) override { return answer(r, c); }
    Outcome<KeyReport> serve(KeysUnlockRequest r, Caller& c) override { return answer(r, c); }
    Outcome<KeyReport> serve(KeysLockRequest r, Caller& c) override { return answer(r, c); }
    Outcome<KeyReport> serve(KeyStoreCreationRequest r, Caller& c) override { return answer(r, c); }
    Outcome<KeyReport> serve(KeysImportRequest r, Caller& c) override { return answer(r, c); }
    Outcome<KeyReport> serve(KeyRemovalRequest r, Caller& c) override { return answer(r, c); }
    Outcome<KeyReport> serve(PassphraseChangeRequest r, Caller& c) override { return answer(r, c); }
    Outcome<Ceremony> serve(KeyBackupRequest r, Caller& c) override { return answer(r, c); }
    Outcome<Ceremony> serve(KeyRestoreRequest r, Caller& c) override { return answer(r, c); }
    Outcome<Ceremony> serve(TerminalKeyCeremonyRequest r, Caller& c) override {
        return answer(r, c);
    }
    Outcome<Ceremony> serve(InitialKeyRequest r, Caller& c) override { return answer(r, c); }
    Outcome<Ceremony> serve(TerminalProvisioningRequest r, Caller& c) override {
        return answer(r, c);
    }
    Outcome<FieldKeys> serve(FieldKeysRequest r, Caller& c) override { return answer(r, c); }
    Outcome<Ceremony> serve(KeyRotationRequest r, Caller& c) override { return answer(r, c); }
    Outcome<Ceremony> serve(KeyGenerationRequest r, Caller& c) override { return answer(r, c); }
    Outcome<Ceremony> serve(KeyDestructionRequest r, Caller& c) override { return answer(r, c); }
    Outcome<Ceremony> serve(KeyCeremonyRequest r, Caller& c) override { return answer(r, c); }
    Outcome<ShownPart> serve(PartShowRequest r, Caller& c) override { return answer(r, c); }
    Outcome<CustodianPart> serve(PartRequest r, Caller& c) override { return answer(r, c); }
    Outcome<Combined> serve(CombineRequest r, Caller& c) override { return answer(r, c); }
    Outcome<MinutesDocument> serve(CeremonyFinishRequest r, Caller& c) override {
        return answer(r, c);
    }
    Outcome<MinutesDocument> serve(CeremonyAbortRequest r, Caller& c) override {
        return answer(r, c);
    }
    Outcome<MinutesList> serve(MinutesListRequest r, Caller& c) override { return answer(r, c); }
    Outcome<MinutesDocument> serve(MinutesRequest r, Caller& c) override { return answer(r, c); }
    Outcome<MinutesProof> serve(MinutesProofRequest r, Caller& c) override { return answer(r, c); }

private:
    template <typename Request>
    Outcome<typename Request::Reply> answer(Request& request, Caller& caller) {
        auto const& canned = on<Request>();
        if (!canned) {
            return fault(code::internal_fault, "no answer is canned");
        }
        return canned(request, caller);
    }

    std::tuple<
        Answer<ReadersRequest>, Answer<BasicDataRequest>, Answer<FileReadRequest>,
        Answer<FileWriteRequest>, Answer<PersonalizeRequest>, Answer<PersonalizationPlanRequest>,
        Answer<CardVoidRequest>, Answer<CardListRequest>, Answer<CardBlockRequest>,
        Answer<ApplicationBlockRequest>, Answer<PinStatusRequest>, Answer<PinVerifyRequest>,
        Answer<PinChangeRequest>, Answer<PinResetRequest>, Answer<PinUnblockRequest>,
        Answer<TerminalListRequest>, Answer<TerminalHealthRequest>, Answer<TerminalKeyLoadRequest>,
        Answer<TerminalProvisioningRequest>, Answer<TerminalWipeRequest>,
        Answer<TerminalUpdateRequest>, Answer<RecordCheckRequest>, Answer<RecordSchemaRequest>,
        Answer<DiagnosisRequest>, Answer<LeaseRequest>, Answer<LeaseRenewalRequest>,
        Answer<LeaseReleaseRequest>, Answer<EventsRequest>, Answer<KeysRequest>,
        Answer<KeysDoctorRequest>, Answer<KeysUnlockRequest>, Answer<KeysLockRequest>,
        Answer<KeyStoreCreationRequest>, Answer<KeysImportRequest>, Answer<KeyRemovalRequest>,
        Answer<PassphraseChangeRequest>, Answer<KeyCeremonyRequest>, Answer<KeyBackupRequest>,
        Answer<KeyRestoreRequest>, Answer<TerminalKeyCeremonyRequest>, Answer<InitialKeyRequest>,
        Answer<FieldKeysRequest>, Answer<KeyRotationRequest>, Answer<KeyDestructionRequest>,
        Answer<KeyGenerationRequest>, Answer<PartShowRequest>, Answer<PartRequest>,
        Answer<CombineRequest>, Answer<CeremonyFinishRequest>, Answer<CeremonyAbortRequest>,
        Answer<MinutesListRequest>, Answer<MinutesRequest>, Answer<MinutesProofRequest>>
        answers_{};
};

/// A folder of its own, removed with all in it.
class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string pattern = "/tmp/sscard-test-XXXXXX";
        path_ = mkdtemp(pattern.data());
    }
    TemporaryFolder(TemporaryFolder const&) = delete;
    TemporaryFolder& operator=(TemporaryFolder const&) = delete;
    ~TemporaryFolder() { std::filesystem::remove_all(path_); }
    [[nodiscard]] std::string path(std::string const& name) const {
        return (path_ / name).string();
    }

private:
    std::filesystem::path path_;
};

/// A server for a service, on a socket of its own, for as long as the object lives.
class RunningServer {
public:
    explicit RunningServer(Service& service, ServerLimits limits = {})
        : server_{service, limits}, file_{SocketFile::claim(folder_.path("socket")).value()} {
        if (server_.listen(file_, {})) {
            std::abort();
        }
        thread_ = std::thread{[this] { server_.run(); }};
    }
    RunningServer(RunningServer const&) = delete;
    RunningServer& operator=(RunningServer const&) = delete;
    ~RunningServer() {
        server_.stop();
        thread_.join();
    }
    [[nodiscard]] std::string const& socket() const { return file_.path(); }

private:
    TemporaryFolder folder_{};
    Server server_;
    SocketFile file_;
    std::thread thread_{};
};

} // namespace api::test
