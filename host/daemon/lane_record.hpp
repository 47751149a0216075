#pragma once

#include "host/api/lane_messages.hpp"

#include <mutex>
#include <string_view>

namespace sscardd {

/// What became of the jobs on one reader, over all its comings and goings. For any thread.
class LaneRecord {
public:
    /// A job was done without a fault.
    void note_done();
    /// A job ended with that fault.
    void note_fault(std::string_view code);
    /// Writes the counts and the last fault into what is told of a lane.
    void tell(api::Lane& lane) const;

private:
    mutable std::mutex mutex_{};
    std::uint64_t done_ = 0;
    std::vector<api::FaultCount> failed_{}; ///< one row a code, in the order of their coming
    std::optional<api::LastFault> last_fault_{};
};

} // namespace sscardd
