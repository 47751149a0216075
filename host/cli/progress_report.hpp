#pragma once

#include "host/api/service.hpp"

#include <ostream>

namespace cli {

/// Shows how long work goes on: a bar in one line on a terminal, elsewhere a plain line at each
/// tenth of the way.
class ProgressReport {
public:
    ProgressReport(std::ostream& out, bool is_terminal) : out_{out}, is_terminal_{is_terminal} {}
    ProgressReport(ProgressReport const&) = delete;
    ProgressReport& operator=(ProgressReport const&) = delete;
    /// Clears the bar, so that what follows stands on a line of its own.
    ~ProgressReport();

    /// Takes the news of one step.
    void tell(api::Progress const& progress);

private:
    void draw(api::Progress const& progress, std::string const& step);
    std::ostream& out_;
    bool is_terminal_;
    bool has_bar_ = false;
    std::uint32_t tenths_told_ = 0;
};

} // namespace cli
