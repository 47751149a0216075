#pragma once

#include "host/api/message.hpp"
#include "host/api/value_types.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace api {

/// What happens at readers.
enum class EventKind : std::uint8_t {
    service_gone, ///< pcscd does not answer
    service_back,
    reader_arrived,
    reader_gone,
    reader_hangs,   ///< it does not answer
    reader_answers, ///< it did after all
    card_in,
    card_out,
    job_begun,
    job_done,
    job_failed,
    lease_taken,
    lease_released,
    lease_expired,
    centre_alarm, ///< a client of this centre was refused too often
};

/// The names of EventKind in messages.
[[nodiscard]] constexpr auto enum_names(EventKind /*tag*/) {
    return std::to_array<EnumName<EventKind>>({
        {EventKind::service_gone, "service_gone"},
        {EventKind::service_back, "service_back"},
        {EventKind::reader_arrived, "reader_arrived"},
        {EventKind::reader_gone, "reader_gone"},
        {EventKind::reader_hangs, "reader_hangs"},
        {EventKind::reader_answers, "reader_answers"},
        {EventKind::card_in, "card_in"},
        {EventKind::card_out, "card_out"},
        {EventKind::job_begun, "job_begun"},
        {EventKind::job_done, "job_done"},
        {EventKind::job_failed, "job_failed"},
        {EventKind::lease_taken, "lease_taken"},
        {EventKind::lease_released, "lease_released"},
        {EventKind::lease_expired, "lease_expired"},
        {EventKind::centre_alarm, "centre_alarm"},
    });
}

/// One thing that happened. It tells nothing of the holder of a card.
struct Event {
    std::uint64_t number = 0; ///< from 1 since the daemon started
    std::string time{};       ///< UTC: "2024-01-31T12:00:00.000Z"
    EventKind kind{};
    std::optional<std::string> reader{};    ///< its name
    std::optional<std::string> operation{}; ///< of a job: "card info"
    std::optional<std::string> fault{};     ///< code of what a job failed with

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("number", self.number);
        fields.required("time", self.time);
        fields.required("kind", self.kind);
        fields.nullable("reader", self.reader);
        fields.nullable("operation", self.operation);
        fields.nullable("fault", self.fault);
    }
};

/// Events that were forgotten before they could be sent.
struct LostEvents {
    std::uint64_t count = 0;
};

/// Events in their order.
struct EventList {
    std::vector<Event> events{};
    std::uint64_t last = 0; ///< number to go on from, as `since`
    std::uint64_t lost = 0; ///< events between `since` and these, forgotten

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("events", self.events);
        fields.required("last", self.last);
        fields.required("lost", self.lost);
    }
};

/// What has happened after the event of the number `since`; left out: all that is remembered, or,
/// to follow, what happens from now on. A client that follows and accepts lines gets {"event": {…}}
/// for each as it happens, and {"lost": N} where N were forgotten before they could be sent, until
/// it hangs up or the daemon ends. Faults: too_many_streams.
struct EventsRequest {
    static constexpr Route route{Method::get, "/v1/events"};
    using Reply = EventList;
    std::optional<std::uint64_t> since{};
    bool follow = false;

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.optional("since", self.since);
        fields.optional("follow", self.follow);
    }
};

} // namespace api
