#include "host/api/answer.hpp"
#include "host/api/base64.hpp"

#include <cstdlib>

namespace {

/// Whatever a message of that type is read from, what is written of it reads the same again.
template <typename Message>
void read_as(std::string_view text, api::UnknownMembers unknown) {
    auto const message = api::decode<Message>(text, unknown, api::code::request_invalid);
    if (!message.ok()) {
        if (message.error().problems.empty()) {
            std::abort();
        }
        return;
    }
    std::string const written = api::to_text(api::to_json(message.value()));
    auto const again = api::decode<Message>(written, unknown, api::code::request_invalid);
    if (!again.ok() || api::to_text(api::to_json(again.value())) != written) {
        std::abort();
    }
}

template <typename... Messages>
void read_as_each(std::string_view text, api::UnknownMembers unknown) {
    (read_as<Messages>(text, unknown), ...);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* bytes, std::size_t size) {
    std::string_view const text{reinterpret_cast<char const*>(bytes), size};
    read_as_each<
        api::ReadersRequest, api::BasicDataRequest, api::FileReadRequest, api::FileWriteRequest,
        api::PersonalizeRequest, api::ApplicationBlockRequest, api::PersonalizationPlanRequest,
        api::CardVoidRequest, api::CardListRequest, api::PinVerifyRequest, api::PinChangeRequest,
        api::PinResetRequest, api::RecordCheckRequest, api::DiagnosisRequest, api::EventsRequest,
        api::LeaseRequest, api::LeaseRenewalRequest, api::KeyCeremonyRequest, api::KeyBackupRequest,
        api::KeyRestoreRequest, api::TerminalKeyCeremonyRequest, api::InitialKeyRequest,
        api::FieldKeysRequest, api::FieldKeys, api::KeyRotationRequest, api::KeyDestructionRequest,
        api::KeyGenerationRequest, api::PartShowRequest, api::PartRequest, api::CombineRequest,
        api::CeremonyFinishRequest, api::MinutesProofRequest>(text, api::UnknownMembers::refused);
    read_as_each<api::ReaderList, api::BasicData, api::FileContents, api::Written,
                 api::Personalized, api::PersonalizationPlan, api::Voided, api::CardList,
                 api::Blocked, api::PinStatus, api::RecordCheck, api::RecordSchema, api::Diagnosis,
                 api::Progress, api::EventList, api::Lease, api::Released, api::Ceremony,
                 api::ShownPart, api::Combined, api::MinutesDocument, api::MinutesList,
                 api::KeyReport, api::KeyDiagnosis>(text, api::UnknownMembers::ignored);
    if (auto const read = api::bytes_of_base64(text); read && api::base64_text(*read) != text) {
        std::abort();
    }
    if (auto json = api::parse_json(text)) {
        (void)api::fault_from_json(*json);
    }
    return 0;
}
