#include "host/daemon/at_card.hpp"

#include "host/daemon/fault_message.hpp"
#include "host/daemon/watched_connection.hpp"

#include <spdlog/spdlog.h>

namespace sscardd {
namespace {

using session::FaultCode;
using session::Outcome;

void log_exchange(std::string const& reader, session::ExchangeTrace const& trace,
                  std::string_view mark) {
    spdlog::debug("{}: {:02X} {:02X} {:02X} {:02X} {}, Nc {}, Nr {}, {:04X}{}", reader,
                  trace.cla.value(), static_cast<unsigned>(trace.ins), trace.p1, trace.p2,
                  command_name(trace.ins), trace.nc, trace.nr, trace.status.value(), mark);
}

/// Stands in each line about a card that test keys may touch.
std::string_view test_mark(LaneTools const& tools) {
    return tools.keys != nullptr && tools.keys->holds_test_keys() ? " [TEST KEYS]" : "";
}

void log_outcome(std::string const& reader, std::string_view operation,
                 Outcome<apdu::Done> const& outcome, std::string_view mark) {
    if (outcome.ok()) {
        spdlog::info("{}: {}: done{}", reader, operation, mark);
        return;
    }
    auto const& fault = outcome.error();
    spdlog::warn("{}: {}: {}{}{}", reader, operation, session::to_text(fault.code),
                 fault.status ? fmt::format(" ({:04X})", fault.status->value()) : std::string{},
                 mark);
}

/// What went wrong for want of a key is, while the keys are locked or away, that they are.
Outcome<apdu::Done> told_of_keys(Outcome<apdu::Done> outcome, LaneTools const& tools) {
    bool const wanted_keys =
        !outcome.ok() && (outcome.error().code == FaultCode::key_missing ||
                          outcome.error().code == FaultCode::key_service_failed);
    if (tools.keys_locked && wanted_keys) {
        return session::Fault{.code = FaultCode::keys_locked};
    }
    auto const trouble =
        wanted_keys && tools.key_trouble ? tools.key_trouble() : std::optional<session::Fault>{};
    return trouble ? Outcome<apdu::Done>{*trouble} : outcome;
}

/// Has the lane do the job; the fault where it was not done.
std::optional<api::Fault> wait_for(ReaderLane& lane, std::shared_ptr<LaneJob> const& job,
                                   api::Caller& caller) {
    auto const fault = [&lane](FaultCode code, std::string const& why) {
        return api::fault(session::to_text(code), lane.reader() + why);
    };
    switch (lane.submit(job)) {
    case ReaderLane::Submission::full:
        return fault(FaultCode::reader_busy, fmt::format(" ({} jobs wait)", lane_queue_max));
    case ReaderLane::Submission::closed:
        return fault(FaultCode::reader_gone, "");
    case ReaderLane::Submission::hanging:
        return api::fault(api::code::reader_hangs, lane.reader());
    case ReaderLane::Submission::no_thread:
        return api::fault(api::code::internal_fault, lane.reader());
    case ReaderLane::Submission::accepted:
        break;
    }
    switch (lane.wait_for(*job, caller)) {
    case JobEnd::too_late:
        return fault(FaultCode::reader_busy, "");
    case JobEnd::left_alone:
        return fault(FaultCode::reader_gone, "");
    case JobEnd::hanging:
        return api::fault(api::code::reader_hangs, lane.reader());
    case JobEnd::leased:
        return api::fault(api::code::reader_leased, lane.reader());
    case JobEnd::broken:
        return api::fault(api::code::internal_fault, lane.reader());
    case JobEnd::done:
        break;
    }
    return std::nullopt;
}

} // namespace

Outcome<apdu::Done> with_card(std::string const& reader, LaneTools const& tools, LaneJob& job,
                              CardWork const& work) {
    auto const connection = open_watched(tools.cards, reader, job);
    if (!connection.ok()) {
        session::Fault fault = session::fault_of(connection.error());
        fault.detail = reader;
        return fault;
    }
    session::CardChannel channel{*connection.value()};
    channel.on_exchange([&reader, mark = test_mark(tools)](auto const& trace) {
        log_exchange(reader, trace, mark);
    });
    CardAtHand at{reader,
                  channel,
                  tools.keys,
                  connection.value()->protocol(),
                  [&job](api::Progress progress) { job.tell(std::move(progress)); },
                  {}};
    if (tools.key_versions) {
        auto const versions = tools.key_versions(channel.atr());
        if (!versions.ok()) {
            return versions.error();
        }
        at.versions = versions.value();
    }
    return told_of_keys(work(at), tools);
}

namespace {

/// What the lane's thread does for a job.
using LaneWork = std::function<Outcome<apdu::Done>(std::string const& reader,
                                                   LaneTools const& tools, LaneJob& job)>;

api::Outcome<apdu::Done> at_lane(ReaderLanes const& lanes, std::optional<std::string> const& reader,
                                 api::Caller& caller, CardOperation const& operation,
                                 LaneWork const& work, Priority priority) {
    std::string const lease = caller.lease();
    auto const lane = lanes.choose(reader ? reader : lanes.leases().reader_of(lease));
    if (!lane.ok()) {
        return lane.error();
    }
    if (auto refusal = lanes.leases().refusal(lane.value()->reader(), lease)) {
        return *refusal;
    }
    auto const outcome = std::make_shared<Outcome<apdu::Done>>(apdu::Done{});
    auto const job = std::make_shared<LaneJob>(
        [outcome, work, name = lane.value()->reader(), operation = std::string{operation.name}](
            LaneTools const& tools, LaneJob& self) -> std::optional<FaultCode> {
            *outcome = work(name, tools, self);
            log_outcome(name, operation, *outcome, test_mark(tools));
            return outcome->ok() ? std::nullopt : std::optional{outcome->error().code};
        },
        JobTraits{std::string{operation.name}, priority, lease, operation.purpose, caller.user()});
    if (auto fault = wait_for(*lane.value(), job, caller)) {
        return lanes.has_ended() ? api::fault(api::code::daemon_stopping) : *fault;
    }
    if (!outcome->ok()) {
        api::Fault fault = message_of(outcome->error());
        if (outcome->error().code == FaultCode::reader_busy) {
            fault.detail = lanes.holds().detail(lane.value()->reader());
        }
        return fault;
    }
    return apdu::Done{};
}

} // namespace

api::Outcome<apdu::Done> at_card(ReaderLanes const& lanes, std::optional<std::string> const& reader,
                                 api::Caller& caller, CardOperation const& operation,
                                 CardWork const& work, Priority priority) {
    return at_lane(
        lanes, reader, caller, operation,
        [work](std::string const& name, LaneTools const& tools, LaneJob& job) {
            return with_card(name, tools, job, work);
        },
        priority);
}

api::Outcome<apdu::Done> at_reader_itself(ReaderLanes const& lanes,
                                          std::optional<std::string> const& reader,
                                          api::Caller& caller, char const* operation,
                                          ReaderWork const& work) {
    return at_lane(
        lanes, reader, caller, operation,
        [work](std::string const& name, LaneTools const& tools,
               LaneJob& job) -> Outcome<apdu::Done> {
            auto const opened = open_watched_reader(tools.cards, name, job);
            if (opened.ok()) {
                return work(*opened.value(), job);
            }
            session::Fault fault = opened.error() == apdu::Error::not_found
                                       ? session::Fault{.code = FaultCode::no_terminal}
                                       : session::fault_of(opened.error());
            fault.detail = name;
            return fault;
        },
        Priority::holder);
}

} // namespace sscardd
