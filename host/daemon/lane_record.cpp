#include "host/daemon/lane_record.hpp"

#include "host/daemon/moment_text.hpp"

#include <algorithm>

namespace sscardd {

void LaneRecord::note_done() {
    std::lock_guard const lock{mutex_};
    ++done_;
}

void LaneRecord::note_fault(std::string_view code) {
    std::lock_guard const lock{mutex_};
    auto row = std::find_if(failed_.begin(), failed_.end(),
                            [&](api::FaultCount const& known) { return known.code == code; });
    if (row == failed_.end()) {
        row = failed_.insert(row, {std::string{code}, 0});
    }
    ++row->count;
    last_fault_ = api::LastFault{std::string{code}, moment_text(std::chrono::system_clock::now())};
}

void LaneRecord::tell(api::Lane& lane) const {
    std::lock_guard const lock{mutex_};
    lane.done = done_;
    lane.failed = failed_;
    lane.last_fault = last_fault_;
}

} // namespace sscardd
