#include "host/daemon/card_service.hpp"

#include "host/daemon/at_card.hpp"
#include "host/daemon/card_jobs.hpp"
#include "host/daemon/fault_message.hpp"
#include "host/daemon/file_jobs.hpp"
#include "host/daemon/lease_requests.hpp"
#include "host/daemon/pin_jobs.hpp"
#include "host/daemon/register_request.hpp"

#include "host/personalization/person_record_schema.hpp"

#include <algorithm>
#include <array>

namespace sscardd {
namespace {

/// The bank's side of the card, as people name it: every attempt is refused. architecture.md, "PIN
/// rules".
bool is_of_the_bank(std::string application) {
    constexpr std::array<std::string_view, 6> names{"bank",           "pboc",           "finance",
                                                    "1pay.sys.ddf01", "2pay.sys.ddf01", "金融应用"};
    std::transform(application.begin(), application.end(), application.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return std::find(names.begin(), names.end(), application) != names.end();
}

using keys::remote::CardPurpose;

CardPurpose purpose_of(api::Stage stage) {
    switch (stage) {
    case api::Stage::structure:
        return CardPurpose::personalize_structure;
    case api::Stage::data:
        return CardPurpose::personalize_data;
    case api::Stage::both:
        break;
    }
    return CardPurpose::personalize_card;
}

/// A record with faults is told before a reader is even looked for.
std::optional<api::Fault> record_fault(api::PersonalizeRequest const& request,
                                       Configuration const& configuration) {
    if (!request.record) {
        return std::nullopt;
    }
    auto const checked = check_record(request.record->text, configuration.text);
    return checked.ok() ? std::nullopt : std::optional{message_of(checked.error())};
}

/// Has `work(at, request)` done at the reader that the request names. The lane shares the request:
/// it may outlive its client.
template <typename Request, typename Work>
api::Outcome<typename Request::Reply> at_reader(ReaderLanes const& lanes, Request request,
                                                api::Caller& caller, CardOperation const& operation,
                                                Work work, Priority priority = Priority::holder) {
    auto const kept = std::make_shared<Request const>(std::move(request));
    return reply_at_card<typename Request::Reply>(
        lanes, kept->reader, caller, operation,
        [kept, work](CardAtHand const& at) { return work(at, *kept); }, priority);
}

} // namespace

api::Outcome<api::ReaderList> CardService::serve(api::ReadersRequest /*request*/,
                                                 api::Caller& /*caller*/) {
    return lanes_.readers();
}

api::Outcome<api::BasicData> CardService::serve(api::BasicDataRequest request,
                                                api::Caller& caller) {
    return reply_at_card<api::BasicData>(lanes_, request.reader, caller,
                                         {"card info", CardPurpose::card_read}, tell_basic_data);
}

api::Outcome<api::FileContents> CardService::serve(api::FileReadRequest request,
                                                   api::Caller& caller) {
    if (request.pin && !configuration_.desk_pin_allowed) {
        return api::fault(api::code::desk_pin_refused);
    }
    return at_reader(lanes_, std::move(request), caller, {"card read", CardPurpose::card_read},
                     read_files);
}

api::Outcome<api::Written> CardService::serve(api::FileWriteRequest request, api::Caller& caller) {
    return at_reader(lanes_, std::move(request), caller, {"card write", CardPurpose::card_write},
                     [this](CardAtHand const& at, api::FileWriteRequest const& write) {
                         return write_file(at, write, configuration_.text);
                     });
}

api::Outcome<api::Personalized> CardService::serve(api::PersonalizeRequest request,
                                                   api::Caller& caller) {
    if (request.pin && !configuration_.desk_pin_allowed) {
        return api::fault(api::code::desk_pin_refused);
    }
    if (auto fault = record_fault(request, configuration_)) {
        return *std::move(fault);
    }
    Priority const priority = request.batch ? Priority::batch : Priority::holder;
    auto const purpose = purpose_of(request.stage);
    return at_reader(
        lanes_, std::move(request), caller, {"card personalize", purpose},
        [this](CardAtHand const& at, api::PersonalizeRequest const& order) {
            return personalize_card(at, order, configuration_,
                                    {makings_, refused_, [this] { return keys_.report().keys; }});
        },
        priority);
}

api::Outcome<api::PersonalizationPlan> CardService::serve(api::PersonalizationPlanRequest request,
                                                          api::Caller& caller) {
    if (auto fault = record_fault(request, configuration_)) {
        return *std::move(fault);
    }
    auto const purpose = purpose_of(request.stage);
    return at_reader(lanes_, std::move(request), caller, {"card personalize, dry run", purpose},
                     [this](CardAtHand const& at, api::PersonalizationPlanRequest const& order) {
                         return plan_card(at, order, configuration_);
                     });
}

api::Outcome<api::Voided> CardService::serve(api::CardVoidRequest request, api::Caller& caller) {
    return at_reader(lanes_, std::move(request), caller, {"card void", CardPurpose::card_void},
                     [this](CardAtHand const& at, api::CardVoidRequest const& order) {
                         return void_card(at, order, configuration_, makings_);
                     });
}

api::Outcome<api::CardList> CardService::serve(api::CardListRequest request,
                                               api::Caller& /*caller*/) {
    auto list = list_cards(register_, request);
    if (!list.ok()) {
        return message_of(list.error());
    }
    return std::move(list).value();
}

api::Outcome<api::Blocked> CardService::serve(api::CardBlockRequest request, api::Caller& caller) {
    return reply_at_card<api::Blocked>(lanes_, request.reader, caller,
                                       {"card lock", CardPurpose::card_block}, block_card);
}

api::Outcome<api::Blocked> CardService::serve(api::ApplicationBlockRequest request,
                                              api::Caller& caller) {
    if (is_of_the_bank(request.application)) {
        return api::fault(api::code::bank_application, request.application);
    }
    return at_reader(lanes_, std::move(request), caller,
                     {"card lock application", CardPurpose::application_block}, block_application);
}

api::Outcome<api::PinStatus> CardService::serve(api::PinStatusRequest request,
                                                api::Caller& caller) {
    return reply_at_card<api::PinStatus>(lanes_, request.reader, caller, "pin status",
                                         tell_pin_status);
}

api::Outcome<api::PinStatus> CardService::serve(api::PinVerifyRequest request,
                                                api::Caller& caller) {
    if (request.pin && !configuration_.desk_pin_allowed) {
        return api::fault(api::code::desk_pin_refused);
    }
    return at_reader(lanes_, std::move(request), caller, "pin verify", verify_pin);
}

api::Outcome<api::PinStatus> CardService::serve(api::PinChangeRequest request,
                                                api::Caller& caller) {
    if ((request.old_pin || request.new_pin) && !configuration_.desk_pin_allowed) {
        return api::fault(api::code::desk_pin_refused);
    }
    return at_reader(lanes_, std::move(request), caller, "pin change", change_pin);
}

api::Outcome<api::PinStatus> CardService::serve(api::PinResetRequest request, api::Caller& caller) {
    if (request.new_pin && !configuration_.desk_pin_allowed) {
        return api::fault(api::code::desk_pin_refused);
    }
    return at_reader(lanes_, std::move(request), caller, {"pin reset", CardPurpose::pin_reset},
                     reset_pin);
}

api::Outcome<api::PinStatus> CardService::serve(api::PinUnblockRequest request,
                                                api::Caller& caller) {
    return reply_at_card<api::PinStatus>(lanes_, request.reader, caller,
                                         {"pin unblock", CardPurpose::pin_unblock}, unblock_pin);
}

api::Outcome<api::RecordCheck> CardService::serve(api::RecordCheckRequest request,
                                                  api::Caller& /*caller*/) {
    auto checked = check_record(request.record.text, configuration_.text);
    if (!checked.ok()) {
        return message_of(checked.error());
    }
    return std::move(checked).value();
}

api::Outcome<api::RecordSchema> CardService::serve(api::RecordSchemaRequest /*request*/,
                                                   api::Caller& /*caller*/) {
    return api::RecordSchema{{std::string{personalization::person_record_schema()}}};
}

api::Outcome<api::Diagnosis> CardService::serve(api::DiagnosisRequest request,
                                                api::Caller& caller) {
    api::Diagnosis found;
    auto readers = lanes_.readers();
    if (!readers.ok()) {
        found.fault = readers.error();
        return found;
    }
    found.readers = std::move(readers).value().readers;
    auto const seen = std::make_shared<api::Diagnosis>(found);
    auto const done = at_card(lanes_, request.reader, caller, {"diagnose", CardPurpose::card_read},
                              [seen](CardAtHand const& at) -> session::Outcome<apdu::Done> {
                                  diagnose(at, *seen);
                                  return apdu::Done{};
                              });
    if (!done.ok()) {
        found.fault = done.error();
        return found; // where the reader hangs, the lane may yet write to what it has seen
    }
    return std::move(*seen);
}

api::Outcome<api::Lease> CardService::serve(api::LeaseRequest request, api::Caller& caller) {
    return take_lease(lanes_, std::move(request), caller);
}

api::Outcome<api::Lease> CardService::serve(api::LeaseRenewalRequest request, api::Caller& caller) {
    return renew_lease(lanes_, request, caller);
}

api::Outcome<api::Released> CardService::serve(api::LeaseReleaseRequest /*request*/,
                                               api::Caller& caller) {
    return lanes_.leases().release(caller.lease());
}

api::Outcome<api::EventList> CardService::serve(api::EventsRequest request, api::Caller& caller) {
    return streams_.serve(request, caller);
}

} // namespace sscardd
