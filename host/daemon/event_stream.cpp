#include "host/daemon/event_stream.hpp"

namespace sscardd {
namespace {

/// How often a client that follows is looked at.
constexpr std::chrono::milliseconds follower_check{1000};

} // namespace

api::Outcome<api::EventList> EventStreams::serve(api::EventsRequest const& request,
                                                 api::Caller& caller) {
    if (!request.follow || !caller.reads_lines()) {
        look_();
        return log_.after(request.since.value_or(0));
    }
    bool const has_place = ++streams_ <= event_streams_max;
    api::Outcome<api::EventList> end = api::fault(api::code::too_many_streams);
    if (has_place) {
        end = follow(request.since.value_or(log_.last()), caller);
    }
    --streams_;
    return end;
}

api::EventList EventStreams::follow(std::uint64_t since, api::Caller& caller) const {
    api::EventList end{{}, since, 0};
    while (!caller.has_hung_up() && !log_.has_ended()) {
        look_();
        auto const news = log_.wait_after(end.last, follower_check);
        if (news.lost > 0) {
            caller.tell(api::LostEvents{news.lost});
        }
        for (api::Event const& event : news.events) {
            caller.tell(event);
        }
        end.last = news.last;
        end.lost += news.lost;
    }
    return end;
}

} // namespace sscardd
