#pragma once

#include "host/api/lease_messages.hpp"
#include "host/api/value_types.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace api {

/// What the one thread that owns a reader is at.
enum class LaneState : std::uint8_t {
    idle,
    busy,    ///< a job runs
    hanging, ///< a job runs and the reader has not answered it for too long
};

/// The names of LaneState in messages.
[[nodiscard]] constexpr auto enum_names(LaneState /*tag*/) {
    return std::to_array<EnumName<LaneState>>(
        {{LaneState::idle, "idle"}, {LaneState::busy, "busy"}, {LaneState::hanging, "hanging"}});
}

/// The job that runs in a lane.
struct LaneWork {
    std::string operation{};                ///< "card personalize"
    std::string since{};                    ///< when it began, and …
    std::optional<std::string> hangs_since; ///< … since when its reader has not answered
    std::uint32_t steps_done = 0;
    std::uint32_t steps_total = 0; ///< 0: it does not tell

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("operation", self.operation);
        fields.required("since", self.since);
        fields.nullable("hangs_since", self.hangs_since);
        fields.required("steps_done", self.steps_done);
        fields.required("steps_total", self.steps_total);
    }
};

/// How many jobs ended with a fault of that code.
struct FaultCount {
    std::string code{};
    std::uint64_t count = 0;

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("code", self.code);
        fields.required("count", self.count);
    }
};

/// The latest fault on a reader.
struct LastFault {
    std::string code{};
    std::string time{};

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("code", self.code);
        fields.required("time", self.time);
    }
};

/// The health of a reader's lane. Times are UTC: "2024-01-31T12:00:00.000Z".
struct Lane {
    LaneState state = LaneState::idle;
    std::optional<LaneWork> work{};
    std::uint32_t waiting = 0; ///< jobs in the queue
    std::uint64_t done = 0;    ///< jobs since the daemon started, whatever the reader's absences
    std::vector<FaultCount> failed{};
    std::optional<LastFault> last_fault{};
    std::optional<LeaseState> lease{}; ///< somebody has the reader for himself

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("state", self.state);
        fields.nullable("work", self.work);
        fields.required("waiting", self.waiting);
        fields.required("done", self.done);
        fields.required("failed", self.failed);
        fields.nullable("last_fault", self.last_fault);
        fields.nullable("lease", self.lease);
    }
};

} // namespace api
